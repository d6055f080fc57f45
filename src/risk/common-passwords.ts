/**
 * Passwords that attackers try first: our own list, written from what every published list of leaks begins with. A word
 * stands for itself and for what people make of it; see known-passwords.ts.
 */

/** Passwords as they are, folded to lower case, between white space. */
export const exactPasswords = `
!@#$ !@#$% !@#$%^ !@#$%^& !@#$%^&* !@#$%^&*( !qaz2wsx 000000 0000000 00000000 01010101 010203 0123456789 101010 10203
102030 110110 11111 111111 1111111 11111111 111222 112233 11223344 1122334455 121212 12121212 123123 123123123 12321
123321 1234 12341234 12345 123456 1234567 12345678 123456789 1234567890 1234qwer 123654 123654789 1236987 123abc
123asd 123qwe 123qweasd 123qweasdzxc 124578 131313 134679 135790 135792468 141414 142536 143143 147147 147258
147258369 147852 147852369 151515 159357 159753 159951 161616 171717 181818 191919 196969 1a2b3c 1a2b3c4d 1password
1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz!qaz 1qaz1qaz 1qaz2wsx 1qaz2wsx3edc 1qaz@wsx 1qazxsw2 1x2zkg8w 20012001
202020 2112 212121 22222 222222 22222222 222333 223344 232323 234567 242424 246810 250250 252525 2580 258456 262626
272727 282828 292929 2wsx3edc 303030 313131 321321 321654 321654987 323232 33333 333333 33333333 343434 357159 363636
369258 369258147 373737 393939 3edc4rfv 3rjs1la7qe 404040 414141 420420 424242 434343 44444 444444 44444444 445566
454545 456123 456456 456654 456789 464646 474747 484848 494949 505050 515151 5201314 520520 521521 525252 54321 543210
545454 55555 555555 55555555 555666 556677 565656 5683love 575757 585858 595959 606060 616161 626262 636363 646464
654321 656565 66666 666666 66666666 666777 667788 676767 686868 696969 6969696969 707070 717171 727272 737373 741852
741852963 747474 753159 753951 757575 765432 767676 77777 777777 7777777 77777777 777888 778899 787878 789123 789456
789456123 7894561230 789654 797979 808080 818181 828282 838383 848484 852456 852963 858585 868686 876543 87654321
878787 88888 888888 88888888 889900 898989 909090 911911 919191 929292 939393 951753 959595 963852 963852741 963963
969696 979797 987456 987654 98765432 987654321 9876543210 987987 989898 998877 999888 99999 999999 9999999 99999999
@#$%^& a123456 a1234567 a12345678 a123456789 a1b2c3 a1b2c3d4 a1s2d3 a1s2d3f4 aa123456 aaa111 aaa123 ab123456 abc123
abc1234 abc12345 abc123456 abcd123 abcd1234 abcd12345 adg123 adgjmp admin123 administrator1 aqswdefr as123456 asd123
asdasd asdasd123 asdf123 asdf1234 asdfasdf asdfghjkl123 asdqwe asdqwe123 asdzxc az12345 azerty azerty123 azertyuiop
azsxdc azsxdcfv b123456 backdoor bismillah1 c123456 changeit changeme changeme1 code1234 d123456 dd123456 defaultpass
e10adc3949 f00bar firstlogin forgetmenot g123456 gfhjkm google1 guest123 h123456 hello123 iloveu iloveu2 iloveyou2
j123456 jordan23 k123456 killer1 l123456 letmein1 letmein123 love123 love1234 m123456 masterkey mypass123 mypassword
n123456 ncc1701 ncc1701d ncc1701e newpass newpass1 nokia6300 noonewillknow nopass notmypassword number1 ohmygod
oldpassword opensesame p123456 p@$$w0rd pa$$word pa55word pass123 pass1234 pass12345 passw0rd password1 password12
password123 password1234 q12345 q123456 q1q1q1 q1w2e3 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qaz123 qaz123wsx qaz@123 qazqaz
qazwsx qazwsx123 qazwsxedc qazwsxedcrfv qazxsw qazxswedc qq123456 qwaszx qwaszx12 qwe123 qwe1234 qwe12345 qwe123456
qweasd qweasd123 qweasdzxc qweqwe qweqwe123 qwer1234 qwer123456 qwerty12345 qwertyu qwertyui qwertz qwertzuiop r123456
r2d2c3po root123 rootpass rootroot rush2112 s123456 s3cr3t se7en slipknot666 superuser sysadmin sysop t123456 temp1234
tempest1 temppass temppassword test123 test1234 test12345 testpass testpassword testtest testuser thisismypassword
toor trustno1 u2u2u2 user123 user1234 useruser v123456 w123456 winner1 wow12345 ww123456 www123 x123456 xxx123 y123456
yourpassword yqlgr667 z123456 zaq123 zaq12wsx zaq1xsw2 zaq1zaq1 zaqwsx zaqxsw zaqxswcde zxc123 zxcasd zxcasdqwe
zxcv1234 zxczxc zz123456
`;

/** Words and names of letters alone, between white space. */
export const passwordWords = `
aaaa aaaaa aardvark aaron abby abcabc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij abcxyz abdul abdullah
abigail abracadabra abraham absolute academy access accord account acdc achilles acmilan action activate active actor
actress acura adam adams adelina adios admin administrador administrator adrian adriana adrienne adventure aerosmith
africa agassi agent agnes ahmed aidan aileen airforce airjordan airplane airport aisha ajax alabama aladdin alan
alaska albatross albert alberta alberto alchemy alec alejandra alejandro aleksandr alessandra alessandro alessio alex
alexa alexander alexandra alexandre alexandria alexia alexis alfaromeo alfred alfredo alhamdulillah alice
aliceinchains alicia alien aliens alina aline alisa alisha alison allah allahuakbar allan allen alligator allison
almighty alpha alphabet alpine alvin always alyssa amalia amanda amazing amazon amber ambition ambrosia amelia amelie
america american amiga amigo amigos amina amir amit amore amormio amour amsterdam anaconda anakin anal anastasia
anchor ancient anderson andre andrea andreas andrei andres andrew andrey android andy angel angela angelic angelica
angelina angelo angels angie animal animals anita anjali ankara ankit anna annabelle annette annie anonymous antelope
anthem anthony antichrist antique antoine anton antonia antonio anything apache apocalypse apollo apple applepie
apples april aquarius aragorn arcade archer archery archie arctic ares argentina ariana arianna ariel arizona arjun
arkansas armada armadillo armageddon armor army arnold arrow arschloch arsenal artem artemis arthur artist artista
arturo ascension asdf asdfg asdfgh asdfghj asdfghjkl ashish ashketchum ashlee ashleigh ashley ashton asian aslan
assassin assassins asshole assman asteroid astonvilla astronaut astros athena athens athlete athletics atlanta
atlantis atlas atletico atomic attack attitude attorney auckland audi audrey august augusto auntie aurora aussie
austin australia austria autumn avalanche avatar avenger avengers avery avocado awesome axel ayesha baby babyblue
babyboy babydoll babyface babygirl babylove bacardi backpack backstreet backstreetboys bacon badass badboy badger
badgirl baggins baghdad bailey ballerina ballet balloon baltimore bambi bamboo banana bananas bandana bandit bangalore
bangkok bangladesh bank banker banking banner barbara barbarian barbell barber barbie barca barcelona barney baron
barrel barry bart bartsimpson baseball basket basketball bass bassist bastard bastion batista batman batter battery
battle battleship bayern beach beacon beagle bear bears beast beatles beatrice beatriz beautiful beauty beaver bebita
beckham becky bedroom beehive beer beetle beijing beirut belgium believe believer belinda bella belmont benfica
benjamin bennett benny bentley berkeley berlin bernard bernardo bernie berserk berserker bertha besiktas besos best
bestfriend bestfriends beta beth bethany betty beverly beyonce bianca biatch bible bicycle bieber bienvenido bienvenue
bigben bigbird bigboss bigboy bigbrother bigdaddy bigdick bigdog bigfish bigfoot biggie bigguy bigmac bigman bigred
bigtits biking bilbo bill billabong billie billion billionaire billy bingo biohazard biology bioshock birthday biscuit
bisexual bishop bismillah bison bitch bitchass bitches bitchy black blackberry blackbird blackcat blackhawks blackjack
blackops blackout blackstar blade blair blake blank blaster blazer bleach blessed blessing blessings blink blitz
blizzard blonde blondie blood bloody blossom blue blueberry bluebird bluemoon blues bluesky blur blyat bobafett bobby
bobcat bobmarley boca bocajuniors bolivia bollocks bombay bomber bonanza bond bonehead bones bonfire bonita bonjour
bonjovi bonnie bono boobear boobies boobs booger bookmark bookworm boomer boomerang boots booty borderline borg
boricua boris borussia boss bosslady bossman boston bottle boulder bounce bouncer bouncy bowie bowling bowman bowtie
boxer boxing boyfriend boys brad bradford bradley brandi brandon brandy brasil braves bravo brazil bread breakfast
breanna breeze brenda brendan brent brett brian briana brianna bridge bridget bright brilliant brisbane bristol
britain british britney britneyspears brittany brittney broadway broccoli brody broken bronco broncos bronx brooke
brooklyn brooks brother brothers brown brownie bruce bruins brunette bruno brussels bryan bryant bryce bubba bubblegum
bubbles bucket buckeye buckeyes buddha buddy budweiser buffalo bugatti bugsy buick builder bull bulldog bulldogs
bullet bulls bullseye bullshit bumblebee bumper bungalow bunnies bunny burger burning burrito business buster butcher
butt butter butterball buttercup butterfinger butterflies butterfly butterscotch butthead button buttons butts buzzard
buzzlightyear byron cabbage cabron cactus cadillac caesar cairo caitlin caleb calendar calgary calico california
callofduty callum calvin calypso camaro camel camelot camera cameron camila camille campbell camping camry canada
canadian canadiens canary cancer candace candice candle candles candy candycane cannabis cannon cantona capetown
capital cappuccino capricorn captain captainamerica captainmorgan caramel caravan cardinals caribbean carina carl
carla carlo carlos carly carmen carnage carnaval carnival carol carolina caroline carolyn carpenter carpet carrie
carrot carson carter cartman cartoon cascade casey cash cashmoney casino casper cassandra cassidy cassie castle castro
catalina catalog catalyst catarina catcher catdog catfish catherine cathy cats catwoman caution cayenne cebu cecilia
cecilie cedric celebrity celeste celia celica celine cellphone cellular celtic celtics cena centauri central century
cerberus certified chad chainsaw challenger chameleon champ champagne champion champions champs chandler chanel change
changes channel chantal chaos chapman chapter charade charger chargers chariot charisma charity charizard charlene
charles charlie charliebrown charlotte charm charming chase checkers cheddar cheer cheerleader cheers cheese
cheeseburger cheesecake cheetah chef chelsea chemical chemistry chennai cherokee cherries cherry cheryl chess chester
chestnut chevelle chevrolet chevy chewbacca chewie chewy chica chicago chicagobulls chick chicken chicks chico chief
chihuahua children chile chimera chimp china chinese chipper chips chiquita chivas chloe chocolat chocolate chopin
chopper chris chrissy christ christa christian christiane christina christine christmas christoph christophe
christopher christy chrome chronic chrono chrysler chuckles chunky church ciao cigarette cincinnati cinderella cindy
cinema cinnamon circle circus cisco citadel citizen citroen civic civilwar claire clancy clapton clara clarence
clarissa clark classic claude claudia claudio clayton clement cleopatra cleveland clever clifford clifton climber
clint clinton clipper cloud clouds cloudstrife cloudy clover clown cluster clutch clyde coaster cobain cobalt cobra
cocacola cock cockroach cocksucker coco cocoa coconut cody coffee coke coldplay cole colin colleen college collie
colocolo colombia colonel colorado colossus columbus combat comedy comet comfort comics command commander commando
community company compaq compass complete computer concept concord concrete condor confidential connard connie connor
conquer conqueror conrad console constance contact contest contrasena control cook cookie cookies cooking cool coolcat
cooldude coolgirl coolguy coolman cooper copenhagen copper coral corazon corey corinne corinthians corleone cornwall
corolla corona corporal corsair corvette cory cosmic cosmo cosmos cottage cotton cougar counter counterstrike country
courage courtney cousin cowboy cowboys cowgirl cows coyote coyotes crab cracker crackers craig cranberry crash
crawford crawler crazy cream creation creative creature credit cricket criminal crimson cristian cristiano cristina
critical critter crocodile cross crow crown crucifix cruise cruiser crunch crusade crusader crusher cruzazul cruzeiro
crystal cuba cuban cubs cuddles culture cumming cunt cupcake cupcakes cupid cure curious currency curtis custom
customer cute cutie cutiepie cyber cyberman cyborg cycling cyclone cyclops cynthia cypress cyril dachshund daddy
daemon daisy dakota dale dallas dalmatian damage damian damien damnation damon dana dance dancer dancing danger
dangerous daniel daniela daniele danielle danilo danny dante daphne darcy daria darius dark darkangel darkknight
darklord darkness darkside darkstar darkwing darlene darling darrell darren darryl darthvader dashboard database
daughter dave david davidbeckham davide davis dawn daytime daytona dead deadly deadman deadpool dean deanna death
deathnote debbie debian deborah debra december decision deepak deepika deer default defender defense defiant deftones
delhi delia deliver dell delta deluxe demo demon demons denis denise denmark dennis density denver depeche depechemode
derek derrick desert designer desiree desktop desperado desperate destiny destroyer detective detroit deutschland
developer device devil devils devin devon dexter dhaka diablo dialog diamond diamonds diana diane dick dickhead
dictator diego diesel dieter digger digimon digital dilemma dillon dimitri dina dinamo dinner dinosaur diplomat
director dirk dirtbike dirty disaster disciple disco discovery disney disneyland disturbed diva divas division
djokovic dmitry doberman doctor doctorwho dodge dodgers dogbert doggie doggy dogs dollar dollars dolores dolphin
dolphins domain dominic dominican dominik dominique domino donald donaldduck donkey donna donovan dontforget dontknow
donut doodle doom doors dora doreen doris dorothy dortmund dota douche doug doughboy douglas dracula dragon dragonball
dragonballz dragonfly dragons dragster drake drdre dream dreamer dreaming dreams drew drifter driven driver drogba
dropkick drowssap drpepper drummer drums drunk duane dubstep ducati duchess duck ducks dude dudes dudette duke dumb
dumbledore dumbo dungeon dunk duracell dustbin dustin dusty dutch dwayne dwight dylan dynamic dynamite dynamo dynasty
eagle eagles earl earnhardt earth earthlink earthquake easter eastside eclipse economy ecuador eddie edgar edison
edith edmund eduardo education edward edwardcullen edwin eggs egypt eileen einstein elaine eldorado eleanor electra
electric electron electronic element elements elena elephant eleven elias elijah elisa elisabeth elise elizabeth ella
ellen ellie elliot elmer elmo elsa elsie elvira elvis elvispresley emanuel emerald emergency emerson emil emilia
emilie emilio emily eminem emma emmanuel emotion emperor empire employee enchanted endless enemy energy enforcer
engage engine engineer england english enigma enrico enrique enter enterprise entropy epsilon equinox eragon eric
erica erick erik erika erin ernest ernesto ernie escape esmeralda espana esposa espresso essence esteban estelle
esther estrella eternal eternity ethan eugene eugenia eureka europa europe evan evanescence evelyn everest evergreen
everlast everquest everton everyday evidence evil evolution example excalibur excellent exciting exclusive execute
exodus exotic expert explode explorer express extreme eyeball ezekiel fabian fabio fabrice fabulous facebook factory
fairies fairy faith falcon falcons fallen fallout familia family famous fandango fanny fanta fantasia fantastic
fantasy farah farid farm farmer farming farside fashion fastball fatboy fatcat fate father fatima fatman favorite
fearless feather february federal federer feedback felicia felipe felix fellow fender fenerbahce ferdinand fernanda
fernando ferrari ferret festival fetish feyenoord fiat ficken fiction fiddle fidelity fido fifi figaro fighter filip
finalfantasy finance findingnemo finger finish finland fiona fiorentina fire fireball firebird firefighter firefire
firefly fireman firewall fireworks first fish fishbone fisher fishes fishing flamengo flamingo flash flasher
flashlight flawless flight flintstone flipper floppy flora florence florian florida flounder flower flowerpower
flowers floyd fluffy flyboy flyers flying focus folder foobar foofighters foolish football footprint forbidden ford
foreign foresight forest forever foreverlove forgot forgotten formula fortnite fortress fortune forward fountain foxes
foxtrot fraggle france frances francesca francesco francine francis francisca francisco franco francois frank
frankenstein frankie franklin franz freak freaky fred freddie freddy frederic frederick frederik freebird freedom
freefall freelance freestyle freeway freezer freight french frenzy frequency fresh fresno friction frida friday
friedrich friend friends friendship frisco frisky frodo frog froggie froggy frogs frontier frosty frozen fruitcake
fubar fuck fucked fucker fuckers fuckin fucking fuckit fucklove fuckme fuckoff fuckthis fuckyou fugitive funfun funky
funny funnyman furious fusion futbol futurama future gabriel gabriela gabriele gabriella gabrielle gaia galactic
galant galatasaray galaxy galileo gallery gambit gamble gambler game gameboy gamecube gamer gamers games gaming gamma
gandalf ganesh ganesha gangsta gangstar gangster garage garden gareth garfield gargoyle garlic garrett gary gasoline
gateway gatorade gators gavin gazelle geheim gemini gemma general generation generator genesis genevieve genius gentle
gentleman geoffrey geography george georgia georgina gerald geraldine gerard gerardo german germany geronimo gerrard
getaway getmoney ghetto ghost ghostbusters ghostrider ghosts gianluca giants gibson gigabyte gilbert gilligan gina
ginger gino giorgio giovanna giovanni giraffe girl girlfriend girlpower girls giulia giuseppe gizmo glacier gladiator
gladys glamour glen glenda glenn glitter global gloria glorious gmail goalie goat goblin godbless goddess godfather
godisgood godislove godlike godofwar godspeed godzilla goforit gohan goku gold goldberg golden goldeneye goldfinger
goldfish goldie goldmine goldstar golf golfball golfer golfing gollum goodboy goodbye goodgirl goodlife goodluck
goodman goodness goodtimes goodyear goofy google goose gordon gorgeous gorilla gospel goth gothic gothika government
grace gracie graham grandma grandpa grant grape grapes graphics graphite grateful gravity gray greatest greatness
greece greedy greek green greenbay greenday greentea greg gregor gregory gremio gremlin grenade grendel greta gretchen
greyhound griffin griffith grimreaper grizzly groovy groucho grumpy gryffindor guapa guapo guardian guest guildwars
guillaume guillermo guinea guinness guitar guitarist gumball gunner gunners gunship gunslinger gunsnroses gunther
gustav gustavo gwen gwendolyn gymnast gymnastics gypsy habbo habitat hack hacked hacker hackers hacking hades hailey
hailmary hakan halflife halfmoon hallelujah hallo halloween halo hamburg hamburger hamilton hamlet hammer hammerhead
hammers hamster hamza handball handsome handyman hanna hannah hannahmontana hannibal hanoi hans hansolo hanuman
happiness happy happyday happyness hardball hardcore hardrock hardware harley harleydavidson harmony harold harpoon
harriet harris harrison harry harrypotter harvard harvest harvey haslo hassan hatred hatrick havana hawaii hawk
hawkeye hawks hayden hayley hazel headache headshot heart heartbreak heartland heartless hearts heat heather heaven
heavenly heavymetal hector hedgehog heidi heineken heinz helen helena helene helga helicopter hell hellboy hellcat
hellfire hello hellohello hellokitty hellraiser helpless helpme helsinki heman hendrik hendrix henri henrik henry
herbert hercules heritage herman hermes hermione hermit hermosa hero heroes heroin heslo highland highlander highlife
highschool highway hilary hilda hiphop hippo history hitchhiker hithere hitler hitman hitter hobbes hobbit hockey
hogwarts hokies hola holiday holidays holland hollow holly hollywood holy holyspirit homeboy homegirl homeless homer
homerun homework honda honduras honest honesty honey honeybear honeybee honeymoon hongkong honor hooch hoosier
hoosiers hope hopeful hopeless horizon hornet hornets horny horrible horror horse horses horst hospital hotboy hotdog
hotel hotgirl hotmail hotmama hotrod hotshot hotspur hotstuff hottie hotties houdini hound house houston howard hubert
hugh hugo hugs hulk hulkhogan humanity humberto humble hummer humor hunger hungry hunter hunting hurrican hurricane
husband huskers husky hussain hustle hustler hyderabad hydrogen hyperion hyundai ibrahim iceberg icecold icecream
icecube icehouse iceman ichigo idaho identity idiot idontcare idontknow ignacio igor ihateyou illinois illuminati
illusion ilona ilovegod iloveher ilovehim iloveit iloveme iloveyou imagination imagine imback imissyou immortal impact
impala imperial impossible impreza imran incognito incredible incubus independent india indian indiana indianajones
indians indigo indonesia ines infantry inferno infinite infiniti infinity information ingrid innocent insane insanity
inshallah insight inspector inspiration inspire instagram instinct insurance integra intel intelligent intense inter
intermilan internal international internet intrepid inuyasha invader invasion invincible invisible iphone iran iraq
ireland irene irina iris irish irma ironhorse ironmaiden ironman isaac isabel isabella isabelle isaiah isidora islam
island israel istanbul itachi italia italian italy itsme ivan ivana iverson jack jackass jackdaniels jackie jackoff
jackpot jackson jaclyn jacob jacqueline jacques jade jagermeister jaguar jaime jakarta jake jakob jamaica jamaican
jamal james jamesbond jamie jammer jana jane janet janice janine january japan japanese jared jasmin jasmine jason
jasper javier jaybird jayden jaydon jayson jayz jazz jazzman jean jeanette jeanne jeannie jedi jedimaster jeep jeff
jefferson jeffery jeffgordon jeffrey jellybean jellyfish jelszo jenna jennie jennifer jenny jeopardy jeremiah jeremy
jermaine jerome jerry jersey jerusalem jesse jessica jessie jester jesus jesuschrist jesuslovesme jets jetski jewel
jewelry jewels jiggaman jill jillian jimbo jimihendrix jimmy joan joana joann joanna joanne joaquin jocelyn jodie joel
joey johan johann johanna johannes john johnathan johncena johndeere johndoe johnnie johnny johnson joker jolene jonas
jonasbrothers jonathan jordan jorge jose josef joseph josephine josh joshua josiah journey joyce joydivision joyful
joystick juan juanita judge judgment judith judo judy juggalo juggernaut juggler juice julia julian juliana julianna
julie julien juliet juliette julio julius july jumanji jumper jumpman june junebug jungle junior junkie jupiter
jurassic justice justin justinbieber justine justme juve juventus kaitlin kaitlyn kaka kakashi kamil kangaroo kansas
kanye kappa karachi karate karen karim karin karina karl karla karma kasper katana kate katelyn katerina katharina
katherine kathleen kathryn kathy katie katniss katrina katya katyperry kawasaki kayla kaylee keegan keeper keepout
keith kellie kelly kelsey kelvin kendall kendra kenneth kennwort kenny kentucky kenya kermit kerouac kerry kevin
keyboard keystone khalid kickass kickflip kids kieran kiev kill killbill killer killers killjoy killme killzone kimber
kimberly king kingdom kingfish kingkong kingpin kings kingston kipper kirk kirsten kirsty kiss kisses kissme kitchen
kitkat kitten kittens kitty kiwi klaus kleopatra klingon knickers knicks knight knights knockout knowledge koala kobe
kobebryant kodiak kolkata konstantin korea korn krakow kratos krishna krista kristen kristi kristian kristin kristina
kristine kristy krypton kryptonite krystal kumar kungfu kurt kurwa kyle kylie labrador labyrinth lacoste lacrosse
ladies lady ladybird ladybug ladygaga lagos lahore laila lake lakers lakeside lamb lambert lamborghini lampard lance
lancelot landmark language laptop lara larissa larry lars lasagna laserjet lasher lasttime lasvegas latin latina
latino latte laugh laughing laura laurel lauren laurence laurent laurie lavalamp lavender lawrence lawyer lazio leader
leagueoflegends leah leander leanne lebanon lebron lebronjames ledzeppelin leeds leet legacy legend legends legion
legolas leila lemon lemonade lemons lena lenny lenovo leomessi leon leonard leonardo leonie leopard leroy lesbian
leslie lester leticia letmein letsgo leviathan lewis lexi lexus liam liberation liberty library license lidia lifetime
lighthouse lightning lilian liliana lillian lilly lilo lilwayne lily lime limited limpbizkit lincoln linda lindsay
lindsey lineage linebacker link linkinpark linux lion lionel lioness lionheart lionking lions liquid lisa lisboa
listen listening literature little littlebit littlegirl littleman littleone liverpool liverpoolfc lizard lkjhg lkjhgf
lkjhgfdsa llama lloyd lobster location locked locker logan logical login logistic logon lois loki lola lolita lollipop
lollol lollypop london lonely lonestar longhorn longhorns looking looney looser lorena lorenzo loretta lori lorraine
losangeles losenord loser losers lotr lottery lotto louie louis louisa louise louisiana louisville loulou lourdes love
lovebird lovebug lovehate loveless lovelife lovelove lovely loveme lover loverboy lovergirl lovers loveyou loving
lowrider loyalty luca lucas lucia luciano lucie lucifer lucille lucinda lucky luckycharm luckydog luckyme luckystar
lucy ludwig luffy luigi luis luisa lukas luke lukeskywalker lumber luna lunatic lunchbox lydia lynn lynx lyon mabel
macbook machine macintosh mackenzie macy maddie maddison madeleine madeline madison madman madness madonna madrid
mafia mafioso magdalena magellan magenta maggie magic magical magician magnet magnetic magnitude magnolia magnum
magnus mahal mahalko mailman maintain majestic majesty malaysia malcolm malibu malik mallorca mama mamacita mamapapa
mami mamma mammoth manager manchester mancity mandarin mandrake mandy manfred mango manhattan maniac manila mankind
manowar mantis mantra manuel manuela manunited manutd mapleleafs maradona marathon marble marc marcel marcela marcella
marcelo march marcia marcin marco marcos marcus margaret margarita margie maria mariachi mariah mariam marian mariana
marianne marie marigold marilyn marina marine mariner mariners marines mario marion marisa marisol marissa maritime
marjorie mark market marketing marko markus marlboro marlene marley marlin marlon marriage married mars marseille
marshal marshall marshmallow marta martha martian martin martina martini marty marvel marvin mary maryam maryland
maserati mashallah mason massacre massimo massive master masterbate masterchief mastermind matador matchbox mateo
material math mathematics mathew mathias mathieu mathilde matilda matrix matt matteo matthew matthias maurice mauricio
maverick mavericks maxie maxime maximilian maximum maximus maxine maxpayne maxwell maya mayflower mayhem mazda
mcdonalds mckenzie meatball meatloaf mechanic mediator medical medicine medieval medusa megadeth megaman megan
megatron meghan mehmet melanie melbourne melinda melissa mellow melody melon member memorial memories memory memphis
menace mentor mercedes mercedesbenz mercury merde meredith merlin mermaid message messenger messi messiah metal
metallica meteor metroid mets mewtwo mexican mexico miami miamor micaela mice michael michaela michaeljackson
michaeljordan michal micheal michel michela michele michelle michigan mickey mickeymouse microlab microsoft midfielder
midget midland midnight mierda miguel mike mikhail milan mildred milena miles mileycyrus military milk milkshake
millenium millennium million millionaire millions milo milwaukee mina mindless mindy mine minecraft minerva minimum
minister ministry minneapolis minnesota minnie minniemouse miracle mirage miranda miriam mirror misery misfit misfits
missile mission mississippi missouri missy mistake mister mistress misty mitch mitchell mitsubishi mitten mittens
mivida mnbvc mnbvcx mnbvcxz mobile mocha model modern modernwarfare mohamed mohammad mohammed moises molecule mollie
molly momanddad momdad moment mommy mona monalisa monday money moneymaker moneyman mongoose monica monika monique
monitor monkey monkeys monolith monopoly monroe monsoon monster monsters montana montreal moomoo moon moonbeam
moonlight moonshine moonstar moonwalk moose moreno morgan moritz morning morpheus morris morrison morrowind mortal
mortgage moscow moses motdepasse mother motherfucker motherlode motion motley motocross motor motorbike motorcycle
motorola mountain mountaindew mountains mouse movement movie movies moving mozart mudvayne mufasa muffin muggle
muhammad mulan mulder mule multimedia mumbai mummy munich murder muriel murphy murray muse mushroom music musica
musical musician muslim mustafa mustang mustangs mutant mybaby mydear mylove myriam myself myspace mystery mystic
mythology nachos nadal nadia nadine nairobi naked nala namaste nancy naomi napoleon napoli narnia naruto nasa nascar
nashville natalia natalie natasha nate nathalie nathan nathaniel national nature naughty nautical navigator navy neal
nebraska nebula necromancer negative neha neil nelson nemesis nemo nena nene neopets nepal neptune nestor network
neutral nevada newcastle newlife neworleans newport newyear newyork newyorkcity newzealand neymar nicetry nicholas
nick nickjonas nickolas nicky nico nicola nicolas nicole nigel nigeria night nightcrawler nightfall nightfire
nightingale nightmare nightowl nightshade nighttime nightwing nightwish nikhil niki nikita nikki niklas nikola nikolai
nikolas nina ninja ninjas nintendo nirvana nissan noah nobody noel noelle noidea nokia nomore nonsense nonstop noob
nora norbert norma normal norman normandy northern northside northstar norton norway notebook nothing notorious
nottingham november novia novio nsync nuclear nude number numberone nurse nutella nutmeg nutshell nymets oakland
oakley oasis obiwan obsession obsidian ocean octavio october octopus odette odin odysseus odyssey office offroad
offspring ohio oilers oklahoma oldschool olga oliver olivia olivier olympus omar omega omelette omicron omsairam
onedirection onelove onepiece onion online onlyme onyx operator opeth optimist optimus oracle orange oranges orchard
orchid orders oregon oreo organic orgasm original orioles orion orlando osaka oscar osiris oslo osman oswald otis
ottawa otter otto ours outback outbreak outdoors outkast outlaw outside overkill overload overlord owen owner oxford
oxygen pablo pacific pacino packard packers pacman padres paige paintball painter pakistan palace paladin palermo
palmeiras palmtree pamela pancake pancho panda pandas pandemonium pandora pantera panther panthers paola paolo papa
papi papito paradigm paradise paradox parallel paramedic paramount paranoia paranoid parasite paris parker parliament
parola parool parrot partner party partytime pascal pass passat passcode passenger passion passphrase passport passthe
passw password passwort pasta patches pathfinder patience patient patrice patricia patrick patriot patriots patty paul
paula paulina pauline paulo pavel pavilion payback payday peace peaceful peacelove peaceout peach peaches peacock
peanut peanutbutter peanuts pear pearl pearljam pebbles pedro peewee pegasus peggy pele pencil pendejo pendragon
penelope penguin penguins peninsula penis pennsylvania penny pentagon pentium people pepper peppermint pepsi
percussion percy perfect perfecto performance permission perry perseus persian person personal perth peru pervert pete
peter peterbilt peterpan petra petunia peugeot phantom pharaoh pharmacy pheonix phil philadelphia philip philipp
philippe philippines phillies phillip philly philosophy phoebe phoenix phone photo photographer photos phreak phyllis
physical physics piano pianoman picard picasso piccolo pickle pickles picture pictures pierre pigeon piggy piglet pigs
pikachu pilot pimp pimpdaddy pimpin pimping pinball pineapple pinetree pink pinkfloyd pinkie pinky pinnacle pinocchio
pinoy pioneer piotr pippin pirate pirates piston pistons pitbull pitcher pittsburgh pixie pizdec pizza placebo planet
planner plasma plastic platform platinum plato playa playball playboy player playgirl playstation playtime pleasant
please pleasure plum plumber pluto plymouth pocahontas pocket poet poetry pointer poison poiuy poiuyt poiuytrewq
pokemon poker poland polaris police policeman politics polly polska poltergeist polygon ponies pontiac pony poodle
pooh poohbear pooja pookie poop pooper poopoo popcorn popeye popular porky porn porno pornstar porsche portal porter
portland porto portugal poseidon positive possible postman potato potter powder power powerful powers practice
praetorian prakash pray prayer preciosa precious predator premier premium presario presence present president pressure
presto preston pretty priceless priest primary prime primetime primus prince princesa princess principal printer
printing priority priscilla prison prisoner privacy private priya problem process prodigy product production
professional professor profit program programmer progress project prometheus promise prophecy prophet prosper protect
protector protocol proton prototype proverbs prowler psalm psalms psychic psycho public puddles puertorico puma pumas
pumpkin punisher punk punkrock puppies puppy puppydog purchase purple pussy pussycat puta putain puto pyramid python
qazwsx quake quality quantum quarter quarterback quasar quebec queen queenie quentin quest question quicksilver
quidditch quincy qwert qwerty qwertyuiop rabbit racecar racer rachael rachel racing radical radio radioactive
radiohead rafael ragnarok rahul raiders railroad rain rainbow raindrop rainfall rainman rainy raistlin ralph ramadan
rambler rambo rammstein ramon ramona ramones rampage rancid randall randy ranger rangers rangersfc raphael raptor
raptors rapunzel raquel rascal rasmus raspberry rasputin rasta rastafari rats rattlesnake raul raven ravens ravi
raymond razor reactor reality realmadrid reaper reason reaver rebecca rebel rebels reckless record records recovery
redbaron redbone redbull reddevil reddog redemption redfish redhead redman redneck redrose redrum redskin redskins
redsox redwings redwood reflection reflex reggae reggie regiment regina reginald regional register regular reina
reindeer reinhard rejoice relax release relentless reliant remedy remember rememberme remington remote renaissance
renata renato renault rendezvous rene renee renegade replica republic republican requiem rescue research resident
residentevil resistance resource respect restaurant result retard retired revelation revenge reverse review revolution
revolver rhapsody rhino rhonda rhythm ricardo rich richard richie rick rickey ricky rihanna riley ringo rings ripper
rita rivaldo river riverplate riverside roadkill roadking roadrunner roadster robbie robert roberta roberto robin
roblox robocop robot robotech robotics robyn rocio rock rockandroll rocker rocket rocketman rockets rocknroll rockstar
rocky rodeo rodney rodrigo roger rogue rohan rohit roland rolf roller rollercoaster rolling rollingstones rollsroyce
roma roman romance romans romantic rome romeo ronald ronaldinho ronaldo ronnie rooney rooster root rory rosa rosalie
rosario rose rosebud rosemary roses rosie ross rossi rossiya rottweiler roulette router roxanne roxy royal royalty
rubber rubberducky ruben ruby rudolf rudy ruffles rufus rugby runescape runner running rupert rush russell russia
russian rusty ruth ryan saab sabbath sabina sabine sabotage sabre sabrina sacramento sacred sacrifice saddle sadie
safari safety sagittarius sahil saigon sailing sailor sailormoon saint saints sairam saiyan sakura salasana salma
salmon salope salt salvador salvation salvatore samantha samir sammy sample samson samsung samuel samurai samus
sanctuary sandeep sandiego sandman sandra sandrine sandro sandstorm sandwich sandy sanfrancisco sanity sanjay
santaclaus santafe santana santiago santos sapphire sara sarah sarcasm sasha saskia sassy sasuke satan satellite
satisfaction saturday saturn saul sauron sausage savage savannah savior saviour saxophone scandal scarface scarlet
scarlett scenic schalke schatz schedule scheisse schnitzel school schumacher science scooby scoobydoo scooter scorpio
scorpion scotland scott scottish scout scrabble scrapper scream screamer scruffy seahawks seahorse seal sean season
seattle sebastian secret secreto secrets section secure security seduction seeker sega segreto selena selina seminoles
semperfi senator seneca senha senna sensation sensei sentinel seoul sephiroth september sequoia serena serendipity
serenity serge sergeant sergei sergey sergio serial serpent server service seth sevilla sexo sexpistols sexsex sexual
sexy sexybitch sexyboy sexygirl sexylady sexyme sexything shadow shadows shady shaggy shakira shamrock shane shanghai
shania shannon shaolin shaq sharingan shark sharks sharky sharon shaun shauna shawn sheba sheep sheila shelby sheldon
shelley shelly shelter sherlock sherri sherry shinigami shinobi shirley shit shitface shithappens shithead shitty
shiva shooter shooting shopping shortie shorty shotgun showboat showtime shrek shrimp sidekick sidney siegfried sienna
sierra sifre sigma signal signature signin signup silence silent silicon silke silly silmarillion silver silverado
silverfox silvia simba similar simon simona simone simple simplicity simplyred simpson simpsons sims sinatra singapore
singer single sinister siren sister sisters sixers skateboard skater skating skeleton skiing skinhead skinny skip
skipper skippy skittles skull skulls skunk skydive skydiver skyhawk skyler skyline skyrim skywalker slackers slamdunk
slapnuts slapshot slave slayer sleep sleeper sleeping sleepy slick slimjim slimshady slipknot slippery slowpoke
slugger slut slytherin smackdown smallville smart smile smiles smiley smirnoff smiths smoke smoker smokes smokey
smoking smoky smooth smoothie snake snakes snapper snickers sniper snoop snoopdogg snoopy snow snowball snowboard
snowflake snowman snowstorm snowwhite snowy snuggles soccer social socks socrates soda sofia sofie softball software
soldier soleil solitude solomon solution something song sonia sonic sonja sonoma sonshine sony sonya sooners sophia
sophie soprano soulmate soundgarden soundwave southafrica southern southpark southpaw southside sovereign space
spaceman spaceship spaghetti spain spaniel spanish spanking spanky sparkle sparkles sparky sparrow spartak spartan
spartans spawn speaker special specialist spectre spectrum speed speedo speedway speedy spencer sphinx spicegirls
spider spiderman spiders spike spinach spinner spiral spirit spitfire splash splinter spock spongebob spooky sporting
sports spot spotlight spring springer sprinkles sprinter sprite spurs spyder square squidward squirrel squirt srilanka
stacey stacy stallion stan standard stanislav stanley star starcraft stardust starfish stargate starlight stars
starship startrek startup starwars static station stealth steam steamboat steeler steelers stefan stefania stefanie
stefano stella stephan stephane stephanie stephen sterling steve steven stewart stiletto stingray stinker stinky
stitch stlouis stockholm stone stonecold stonehenge stones storm stormtrooper stormy strange stranger strategy stratus
strawberry streaming street strength stress striker stripper strong stronghold stuart student students studio stunner
stupid subaru subway subzero success successful suckit suckmydick sugar suicide suka sultan summer summertime summit
sunday sunflower sunil sunlight sunny sunrise suns sunset sunshine superb superboy supercool superdog superfly
supergirl superhero superior superman supermario supernatural supernova superpower supersonic superstar support supra
supreme suresh surfer surfing surprise surrender survival survivor susan susana susanne suspect suzanne suzuki sven
svetlana swallow swan sweden swedish sweet sweetheart sweetie sweetlove sweetness sweetpea sweety swimmer swimming
swiss switch switchfoot switzerland sword swordfish sydney sylvester sylvia sylvie symphony syndicate syracuse
sysadmin system systemofadown tabasco tabitha taco tacoma tacos taipei taiwan talisman tamagotchi tamara tammy tampa
tampabay tango tania tanja tank tanner tantra tanya tara target tarheels tarzan tasha tatiana tatyana taurus taxman
taylor taylorswift teacher teamo teamomucho techno technology teddy teddybear teenager tehran telecaster telefon
telephone telescope television temp templar temple temporary temptation tennessee tennis tequiero tequieromucho
tequila terence teresa terminal terminator termite terrapin terri terror terrorist terry tess tessa test tester
testing tetris texas thailand thankful thanks thankyou thea theater theatre thebeast thebeatles thebest theboss
theclash thecure thedoors theking thelma theman theo theodore theone theory theresa therese therock thesims thewall
thierry thierryhenry thinkpad thirteen thissucks thomas thor thorsten thousand thrasher threesome thriller throne thug
thuglife thumper thunder thunderbird thunderbolt thundercats thunderstorm thursday tickle tiffany tiger tigercat
tigers tigerwoods tigger tightend timberland timeless timeout timmy timothy tina tinker tinkerbell tinman titan
titanic titanium titans titleist tits titties toast tobias toby todd toffee together tokyo tomahawk tomas tomato
tombraider tomcat tommy tomorrow toni tony tool toolbox toolman tootsie topgun topsecret tornado toronto torpedo
torres tortoise toshiba totally toto tottenham totti touchdown toughguy tower toyota toystory tracey traci tracker
tractor tracy traffic trailer training trance tranquil transam transfer transformer transformers transit trapper
traveler travis treasure trebor tree trees trent trespass trevor triangle tribal tricia trickster trident trigger
trilogy trinity triple tripper tristan triton triumph trixie trojan trojans trombone tropical trouble troubles troy
truck trucker trucks truelove trumpet trunks trust trustme trustno trustnoone truth tsunami tucker tuesday tulip tuna
tunnel tupac turbo turkey turkiye turner turquoise turtle turtles tweety twilight twinkle twisted twister twitter twix
tycoon tyler tyrone tyson ubuntu ukraine ulrich ultima ultimate ultimo ultra ultraman umbrella unbelievable uncle
undead underdog underground undertaker underworld unforgiven unhappy unicorn unicorns unique united unitedstates unity
universal universe university unknown unlimited unlocked unreal untitled uranium uranus urchin ursula user usmc utah
utopia vacation vader vagabond vagina valencia valentin valentina valentine valentines valentinorossi valeria valerie
valhalla valkyrie valley valve vampire vampires vancouver vanessa vanguard vanhalen vanilla variety vasco vegas vegeta
velocity vendetta venezuela vengeance ventura venture venus vera verena veritas vernon veronica veronika veronique
vertigo veteran viagra vicki vickie vicky victim victor victoria victory vienna vietnam viewsonic vijay viking vikings
vikram viktor viktoria village vincent vincenzo vintage viola violence violent violet violeta violin viper virgin
virginia virus vishal vision vitamin vitor vivian viviana vladimir vodka volcano voldemort volker volkswagen
volleyball voltron volunteers volvo voodoo voyager vulture wachtwoord wade waffle waheguru wakeboard wales walker
wallace wallpaper wally walmart walter wanda wanderer wanker wanted warcraft warhammer warlock warlord warning warren
warrior warriors warszawa warthog washington wasser wassup watchdog water waterfall waterloo watermelon waterpolo
waterski wayne wealth webmaster webster wedding wednesday weekend weezer weezy weirdo welcome welsh wendy werder
werewolf werner wesley western westham westside whale whatever whatsup whatthe wheels whiskers whiskey whisper
whistler white whiteboy whitesox whitewolf whitney whocares whoknows whore whynot widget wife wildbill wildcard
wildcat wildcats wilderness wildfire wildlife wildwood wilfred wilhelm wilkommen will william willie willis willkommen
willow wilma wilson wind windmill window windows windsor windsurf windy wine winger winner winners winnie winning
winston winter wireless wisconsin wisdom wish wishbone wishes witch witches wizard wizards wolf wolfgang wolfpack
wolverine wolverines wolves wombat women wonder wonderful wonderland wonderwall woodland woodstock woodwork woody
woofer woofie working workout world worldcup worldofwarcraft worldwide worship wrangler wrestler wrestling writer
wutang wutangclan wyoming wyvern xanadu xavier xbox xfiles ximena xmas yahoo yamaha yankee yankees yann yannick yasmin
yasmine yellow yellowstone yesterday yoda yogi yolanda yomama young youngblood yourmom yours yousef youtube yugioh
yuri yusuf yvette yvonne zachary zack zahra zane zaphod zebra zelda zenit zenith zeppelin zerocool zeus zidane ziggy
zodiac zoey zoltan zombie zombies zorro zulu zurich zxcv zxcvb zxcvbn zxcvbnm
`;
