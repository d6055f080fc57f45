import { describe, expect, it } from "vitest";
import { leadingTo } from "./ask.ts";

const standIns = {
  "https://accounts.google.com": "http://localhost:4000/google",
  "https://api.amazon.com": "http://localhost:5000",
};

describe("an address of a provider", () => {
  it.each([
    ["https://accounts.google.com/o/oauth2/v2/auth?x=1", "http://localhost:4000/google/o/oauth2/v2/auth?x=1"],
    ["https://accounts.google.com", "http://localhost:4000/google"],
    ["https://api.amazon.com/user/profile", "http://localhost:5000/user/profile"],
    ["https://accounts.google.com.evil.example/o", "https://accounts.google.com.evil.example/o"],
    ["https://accounts.google.com:8443/o", "https://accounts.google.com:8443/o"],
    ["https://people.googleapis.com/v1", "https://people.googleapis.com/v1"],
  ])("leads from %s to %s", (address, place) => {
    expect(leadingTo({ standIns }, address)).toBe(place);
  });
});
