import type { UICustomizationType } from "../contract/types.gen.ts";
import { assetPath } from "./asset.ts";

/** Stands for every client of a pool that has no look of its own. Source: Cognito API reference, SetUICustomization. */
export const everyClient = "ALL";

/** The look of the classic pages, for a client or for all of a pool. */
export interface UiCustomization {
  readonly poolId: string;
  /** A client's id, or `ALL`. */
  readonly clientId: string;
  readonly css: string | undefined;
  /** The hash of the logo. */
  readonly imageHash: string | undefined;
  /** Fourteen digits. */
  readonly cssVersion: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** The stamp of a look that was set now. */
export const cssVersion = (now: number): string => new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);

/** The look as the API shows it. The logo stands below the public address of the house. */
export const describeUiCustomization = (look: UiCustomization, publicUrl: string): UICustomizationType => ({
  UserPoolId: look.poolId,
  ClientId: look.clientId,
  ImageUrl: look.imageHash === undefined ? undefined : publicUrl + assetPath(look.poolId, look.imageHash),
  CSS: look.css,
  CSSVersion: look.cssVersion,
  LastModifiedDate: new Date(look.modifiedAt),
  CreationDate: new Date(look.createdAt),
});
