/** The frame of every page: one card, our mark, the style sheet, and a quiet line that tells development from the real thing. */
import { raw } from "hono/html";
import { type Child, Fragment } from "hono/jsx";
import type { Frame } from "../frame.ts";
import { translate } from "../languages/index.ts";
import type { Graphic } from "../look.ts";
import type { Picture } from "../picture.ts";
import { mirrorScriptPath } from "../scripts.ts";
import { stylePath } from "../style.ts";

export interface LayoutProps {
  readonly frame: Frame;
  readonly title: string;
  readonly isWide?: boolean;
  /** Whether the page stands once in the classic generation too: it has no form. */
  readonly isOnce?: boolean;
  /** Whether other ways to sign in stand beside the form: then the classic page's wide card has a name of its own. */
  readonly hasProviders?: boolean;
  /** What it is about, where managed login has a picture of that. */
  readonly graphic?: Graphic | undefined;
  /** Addresses of scripts that the page needs. */
  readonly scripts?: readonly string[];
  readonly children?: Child;
}

/** A whole page. */
export const Layout = (props: LayoutProps) => {
  const { frame, title, isWide, isOnce, scripts = [] } = props;
  const isTwice = !frame.isManaged && !isOnce;
  return (
    <html lang={frame.texts.code}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={stylePath} />
        {frame.look.styles.map((href) => (
          <link rel="stylesheet" href={href} />
        ))}
        <link rel="icon" href={frame.look.favicon ?? "data:,"} />
        {/* Not deferred: it waits for the style sheet, and so no card is there before what hides one of the two. */}
        {isTwice && <script src={mirrorScriptPath} />}
        {scripts.map((src) => (
          <script src={src} defer />
        ))}
      </head>
      <body>
        {frame.look.header && (
          <header class="page-header">{frame.look.header.logo && <Logo picture={frame.look.header.logo} />}</header>
        )}
        <main class={isWide ? "container wide" : "container"}>
          <div class="modal-dialog">{isTwice ? <ClassicCards {...props} /> : <Card {...props} name="" />}</div>
          {frame.isDevelopment && <p class="banner">{frame.texts.developmentBanner}</p>}
        </main>
        {frame.look.footer && (
          <footer class="page-footer">{frame.look.footer.logo && <Logo picture={frame.look.footer.logo} />}</footer>
        )}
      </body>
    </html>
  );
};

/**
 * Cognito's classic pages have what is on them twice, in a card for wide and one for narrow screens, of which one is
 * shown. Tests that people wrote for those pages look for two of each field, in this order. The card for wide screens is
 * called mobile as well where nothing stands beside the form. Source: the pages as captured.
 */
const ClassicCards = (props: LayoutProps) => {
  // Both hold the same, which is written once.
  const children = raw(String(Fragment({ children: props.children })));
  return (
    <>
      <Card {...props} name={`modal-content-${props.hasProviders ? "desktop" : "mobile"} visible-md visible-lg`}>
        {children}
      </Card>
      <Card {...props} name="modal-content-mobile visible-xs visible-sm">
        {children}
      </Card>
    </>
  );
};

const Card = ({ frame, name, graphic, children }: LayoutProps & { readonly name: string }) => {
  const { logo, graphics } = frame.look;
  const about = graphic && graphics[graphic];
  return (
    <div class={`modal-content background-customizable ${name}`.trim()}>
      <div class="banner-customizable">{logo === undefined ? <Mark /> : <Logo picture={logo} />}</div>
      <div class="modal-body">
        {about && <PictureOf picture={about} name="graphic" />}
        {children}
      </div>
    </div>
  );
};

const Logo = ({ picture }: { readonly picture: Picture }) => (
  <PictureOf picture={picture} name="logo logo-customizable" />
);

/** A picture in the colours that the system prefers. It says nothing that the page does not say. */
export const PictureOf = ({ picture, name }: { readonly picture: Picture; readonly name: string }) =>
  picture.light === picture.dark ? (
    <img class={name} src={picture.light} alt="" />
  ) : (
    <picture>
      <source srcset={picture.dark} media="(prefers-color-scheme: dark)" />
      <img class={name} src={picture.light} alt="" />
    </picture>
  );

const Mark = () => (
  <svg class="mark logo-customizable" viewBox="0 0 44 44" aria-hidden="true">
    <path d="M22 2 42 17v21a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4V17z" />
    <path
      class="wave"
      d="M9 25c3.2-3 6.6-3 9.8 0s6.6 3 9.8 0 6.6-3 9.4 0M9 33c3.2-3 6.6-3 9.8 0s6.6 3 9.8 0 6.6-3 9.4 0"
    />
  </svg>
);

/** The box that says why something was refused. Screen readers read it out. */
export const ErrorBox = ({
  frame,
  message,
  id = "errorMessage",
}: {
  readonly frame: Frame;
  readonly message: string | undefined;
  readonly id?: string;
}) =>
  message === undefined ? null : (
    <p id={id} class="errorMessage-customizable" role="alert">
      {translate(frame.texts, message)}
    </p>
  );

/** The box that says that something went well. */
export const NoticeBox = ({ message }: { readonly message: string | undefined }) =>
  message === undefined ? null : (
    <p class="notice" role="status">
      {message}
    </p>
  );

/** A page as text. */
export const renderPage = (page: { toString(): string }): string => `<!doctype html>${page.toString()}`;
