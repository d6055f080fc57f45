/** The words of the pages. A language is one such table; messages of refused sign-ins are the API's own. */
export const english = {
  signInTitle: "Sign in",
  signInWithUsername: "Sign in with your username and password",
  signInWithEmail: "Sign in with your email and password",
  signInWithPhone: "Sign in with your phone number and password",
  signInWithEmailOrPhone: "Sign in with your email or phone number and password",
  username: "Username",
  email: "Email",
  phone: "Phone number",
  emailOrPhone: "Email or phone number",
  password: "Password",
  signIn: "Sign in",
  newPasswordTitle: "Choose a new password",
  newPasswordText: "Your password was set by somebody else. Please choose one that only you know.",
  newPassword: "New password",
  confirmPassword: "Enter the new password again",
  send: "Send",
  passwordsDiffer: "The passwords do not match.",
  somethingWrong: "Something went wrong",
  errorTitle: "An error was encountered with the requested page.",
  developmentBanner: "Local development · Poolhouse",
  inboxTitle: "Inbox",
  inboxText: "Mail and text messages that your pools sent. Nothing left this machine.",
  inboxEmpty: "No messages yet. Sign somebody up, and the code appears here.",
} as const;

export type Texts = { readonly [Name in keyof typeof english]: string };
