/** The words of the pages in English. Every other language is a table like this one. */
export const english = {
  /** As the `lang` attribute of a page says it. */
  code: "en",
  signInTitle: "Sign in",
  signInWithUsername: "Sign in with your username and password",
  signInWithEmail: "Sign in with your email and password",
  signInWithPhone: "Sign in with your phone number and password",
  signInWithEmailOrPhone: "Sign in with your email or phone number and password",
  signInFirst: "Enter your sign-in name to go on.",
  username: "Username",
  email: "Email",
  phone: "Phone number",
  emailOrPhone: "Email or phone number",
  password: "Password",
  signIn: "Sign in",
  next: "Next",
  or: "or",
  continueWith: "Continue with {provider}",
  corporate: "Sign in with your corporate email",
  noPosts: "We won't post to any of your accounts without asking first",
  forgotLink: "Forgot your password?",
  signUpQuestion: "Need an account?",
  signUp: "Sign up",
  back: "Back to sign in",
  signedInAs: "You are signed in as {name}.",
  continueAs: "Sign in as {name}",
  otherAccount: "Sign in as somebody else",
  passkeySignIn: "Sign in with a passkey",

  signUpTitle: "Sign up with a new account",
  haveAccount: "Already have an account?",
  passwordRules: "Password rules",
  ruleLength: {
    one: "Password must contain at least {count} character",
    other: "Password must contain at least {count} characters",
  },
  ruleLower: "Password must contain a lower case letter",
  ruleUpper: "Password must contain an upper case letter",
  ruleNumber: "Password must contain a number",
  ruleSymbol: "Password must contain a special character",
  terms: "By signing up, you agree to our {terms} and {privacy}.",
  termsOfUse: "Terms of use",
  privacyPolicy: "Privacy policy",

  confirmTitle: "Confirm your account",
  codeSent: "We sent a code to {destination}. Enter it here.",
  codeAsked: "Enter the code that we sent you.",
  code_: "Code",
  confirmAccount: "Confirm account",
  resend: "Send a new code",
  resent: "A new code is on its way.",
  resendIn: {
    one: "You can ask for a new code in {count} second.",
    other: "You can ask for a new code in {count} seconds.",
  },
  confirmedTitle: "Your registration has been confirmed!",
  confirmedText: "You can sign in now.",
  confirmByLink: "Press the button to confirm your account.",

  forgotTitle: "Forgot your password?",
  forgotText: "Tell us your sign-in name, and we send you a code to set a new password.",
  resetPassword: "Reset my password",
  setPasswordTitle: "Set a new password",
  changePassword: "Change password",
  passwordChanged: "Your password was changed. Sign in with the new one.",

  newPasswordTitle: "Choose a new password",
  newPasswordText: "Your password was set by somebody else. Please choose one that only you know.",
  newPassword: "New password",
  confirmPassword: "Enter the new password again",
  send: "Send",
  passwordsDiffer: "The passwords do not match.",

  mfaTitle: "One more step",
  mfaApp: "Enter the code that your authenticator app shows.",
  mfaAppNamed: "Enter the code that your authenticator app on {device} shows.",
  mfaChoiceTitle: "How do you want to confirm that it is you?",
  choiceTitle: "How do you want to sign in?",
  byApp: "Authenticator app",
  bySms: "Text message",
  byMail: "Email",
  byPassword: "Password",
  byPasskey: "Passkey",
  setupTitle: "Set up an authenticator app",
  setupText: "Scan the code with your authenticator app, or enter the key, and type the six digits that it shows.",
  setupChoice: "Choose a multi-factor authentication (MFA) method",
  setupMailText: "Enter an email address. We send a code to it each time you sign in.",
  setupPhoneText: "Enter a phone number. We send a code to it each time you sign in.",
  secretKey: "Key",
  deviceName: "Name of the device (optional)",

  recoveryLink: "Use a recovery code",
  recoveryAsk: "Enter one of the codes that you saved when you set up your authenticator app.",
  recoveryCode: "Recovery code",
  recoveryTitle: "Save your recovery codes",
  recoveryText: "Each one signs you in once, in place of your authenticator app. They are not shown again.",
  recoverySaved: "I have saved them",

  passkeyTitle: "Add a passkey",
  passkeyText: "Sign in next time with your fingerprint, your face or your screen lock.",
  passkeyAdd: "Add a passkey",
  passkeySkip: "Not now",
  passkeyAsk: "Your device asks you to confirm that it is you.",
  passkeyFailed: "The passkey could not be used. Try again, or sign in another way.",
  passkeyNeedsScript: "Passkeys need JavaScript. Switch it on, or sign in another way.",

  somethingWrong: "Something went wrong",
  errorTitle: "An error was encountered with the requested page.",
  loginOptionGone: "Login option is not available. Please try another one",
  noStyle: "Login pages unavailable. Please contact an administrator.",
  developmentBanner: "Local development · Poolhouse",
  inboxTitle: "Inbox",
  inboxText: "Mail and text messages that your pools sent. Nothing left this machine.",
  inboxEmpty: "No messages yet. Sign somebody up, and the code appears here.",
  copy: "Copy",
  copied: "Copied",

  /** Attributes that people are asked for. */
  attributes: {
    name: "Name",
    given_name: "Given name",
    middle_name: "Middle name",
    family_name: "Family name",
    nickname: "Nickname",
    preferred_username: "Preferred username",
    gender: "Gender",
    birthdate: "Birthdate",
    address: "Address",
    website: "Website",
    profile: "Profile",
    picture: "Picture",
    locale: "Locale",
    zoneinfo: "Time zone",
    updated_at: "Updated at",
  },

  /**
   * What the sign-in machine says, by its own words, which in English are Cognito's and stay as they are. A sentence that
   * is not here is shown as it is.
   */
  messages: {
    "Incorrect username or password.": "Incorrect username or password.",
    "User does not exist.": "User does not exist.",
    "User is not confirmed.": "User is not confirmed.",
    "User is disabled.": "User is disabled.",
    "Password attempts exceeded": "Password attempts exceeded",
    "Temporary password has expired and must be reset by an administrator.":
      "Temporary password has expired and must be reset by an administrator.",
    "Invalid verification code provided, please try again.": "Invalid verification code provided, please try again.",
    "Invalid code provided, please request a code again.": "Invalid code provided, please request a code again.",
    "Invalid code or auth state for the user.": "Invalid code or auth state for the user.",
    "Invalid code received for user": "Invalid code received for user",
    "Your software token has already been used once.": "Your software token has already been used once.",
    "Invalid recovery code": "Invalid recovery code",
    "Code mismatch": "Code mismatch",
    "Attempt limit exceeded, please try after some time.": "Attempt limit exceeded, please try after some time.",
    "Invalid session for the user, session is expired.": "Invalid session for the user, session is expired.",
    "Invalid session for the user.": "Invalid session for the user.",
    "Invalid session for the user, session can only be used once.":
      "Invalid session for the user, session can only be used once.",
    "User already exists": "User already exists",
    "An account with the given email already exists.": "An account with the given email already exists.",
    "Password has previously been used": "Password has previously been used",
    "Invalid email address format.": "Invalid email address format.",
    "Invalid phone number format.": "Invalid phone number format.",
    "Too many requests": "Too many requests",
  },
} as const;

/** A text that depends on a number: one for each form that the language has. */
export type Counted = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** The words of the pages in one language. */
export type Texts = {
  readonly [Name in keyof typeof english]: (typeof english)[Name] extends string
    ? string
    : (typeof english)[Name] extends { readonly other: string }
      ? Counted
      : { readonly [Message in keyof (typeof english)[Name]]: string };
};
