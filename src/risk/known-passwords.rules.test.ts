import { describe, expect, it } from "vitest";
import { isKnownPassword, listedPasswords } from "./known-passwords.ts";

const names = {
  username: "grace.hopper",
  attributes: { email: "amazing.grace@example.com", phone_number: "+15555550100", name: "Grace Brewster Hopper" },
};

describe("a password that attackers know", () => {
  it.each([
    "123456",
    "password",
    "Password1!",
    "P@ssw0rd",
    "Passw0rd!",
    "pa$$word123",
    "qwerty",
    "Qwerty123!",
    "1q2w3e4r",
    "!QAZ2wsx",
    "letmein",
    "iloveyou",
    "admin",
    "Admin@123",
    "welcome1",
    "Welcome@2024",
    "Summer2024!",
    "Winter#2023",
    "monkey",
    "dragon",
    "trustno1",
    "abc123",
    "111111",
    "aaaaaaaa",
    "abababab",
    "12341234",
    "zxcvbnm",
    "poiuytrewq",
    "1234567890",
    "abcdefgh",
    "football",
    "Michael1",
    "123Charlie",
    "St@rw4rs",
    "l1verpool",
    "changeme",
    "Test1234",
    "grace.hopper",
    "Grace.Hopper",
    "amazing.grace@example.com",
    "Amazing.Grace",
    "+15555550100",
    "Grace Brewster Hopper",
  ])("is %s", (password) => {
    expect(isKnownPassword(password, names)).toBe(true);
  });

  it.each([
    "correct horse battery staple",
    "Tr0ub4dor&3x",
    "hG7$kq2!vZ",
    "password is not enough 12",
    "summer-of-our-discontent",
    "dragon8134756201",
    "xkqzwv",
    "Vq9#",
  ])("is not %s", (password) => {
    expect(isKnownPassword(password, names)).toBe(false);
  });

  it("is one of more than three thousand before anything is made of them", () => {
    expect(listedPasswords).toBeGreaterThan(3000);
  });

  it("is no empty name of a user", () => {
    expect(isKnownPassword("hG7$kq2!vZ", { username: "", attributes: { email: "" } })).toBe(false);
  });
});
