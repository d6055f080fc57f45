/**
 * The settings of a style where nothing was set: a document of our own in the form of Cognito's, with the colours of our
 * pages. `ReturnMergedResources` shows it under what was set. Colours are RGBA in hexadecimal.
 * Source: Cognito API reference, CreateManagedLoginBranding, for the form.
 */
import type { Document } from "./branding.ts";

const modes = (light: object, dark: object): Document => ({ lightMode: light, darkMode: dark });

const button = (background: string, text: string): Document => ({
  defaults: { backgroundColor: background, textColor: text },
  hover: { backgroundColor: background, textColor: text },
  active: { backgroundColor: background, textColor: text },
});

export const defaultSettings: Document = {
  categories: {
    auth: {
      authMethodOrder: [
        [
          { display: "INPUT", type: "USERNAME_PASSWORD" },
          { display: "BUTTON", type: "FEDERATED" },
        ],
      ],
      federation: { interfaceStyle: "BUTTON_LIST", order: [] },
    },
    form: {
      displayGraphics: true,
      instructions: { enabled: false },
      languageSelector: { enabled: false },
      location: { horizontal: "CENTER", vertical: "CENTER" },
      sessionTimerDisplay: "NONE",
    },
    global: {
      colorSchemeMode: "LIGHT",
      pageFooter: { enabled: false },
      pageHeader: { enabled: false },
      spacingDensity: "REGULAR",
    },
    signUp: { acceptanceElements: [{ enforcement: "NONE", textKey: "en" }] },
  },
  componentClasses: {
    buttons: { borderRadius: 8 },
    divider: modes({ borderColor: "e2e4e9ff" }, { borderColor: "333a45ff" }),
    focusState: modes({ borderColor: "1f6feb8c" }, { borderColor: "58a6ff8c" }),
    idpButtons: { icons: { enabled: true } },
    input: {
      borderRadius: 8,
      ...modes(
        { defaults: { backgroundColor: "ffffffff", borderColor: "c4c9d2ff" } },
        { defaults: { backgroundColor: "14181fff", borderColor: "48505eff" } },
      ),
    },
    inputDescription: modes({ textColor: "5b6472ff" }, { textColor: "9aa4b2ff" }),
    inputLabel: modes({ textColor: "1c2128ff" }, { textColor: "e6eaf0ff" }),
    link: modes({ defaults: { textColor: "1f5fbfff" } }, { defaults: { textColor: "7db3ffff" } }),
  },
  components: {
    favicon: { enabledTypes: ["ICO", "SVG"] },
    form: {
      borderRadius: 8,
      backgroundImage: { enabled: false },
      logo: { enabled: false, formInclusion: "IN", location: "CENTER", position: "TOP" },
      ...modes(
        { backgroundColor: "ffffffff", borderColor: "e2e4e9ff" },
        { backgroundColor: "1a1f27ff", borderColor: "333a45ff" },
      ),
    },
    pageBackground: { image: { enabled: false }, ...modes({ color: "f6f7f9ff" }, { color: "0f1216ff" }) },
    pageFooter: { backgroundImage: { enabled: false }, logo: { enabled: false, location: "START" } },
    pageHeader: { backgroundImage: { enabled: false }, logo: { enabled: false, location: "START" } },
    pageText: modes(
      { headingColor: "1c2128ff", bodyColor: "1c2128ff", descriptionColor: "5b6472ff" },
      { headingColor: "e6eaf0ff", bodyColor: "e6eaf0ff", descriptionColor: "9aa4b2ff" },
    ),
    phoneNumberSelector: { displayType: "TEXT" },
    primaryButton: modes(button("1f5fbfff", "ffffffff"), button("7db3ffff", "0f1216ff")),
    secondaryButton: modes(button("ffffffff", "1f5fbfff"), button("1a1f27ff", "7db3ffff")),
  },
};
