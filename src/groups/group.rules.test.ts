import { describe, expect, it } from "vitest";
import { type Group, type GroupClaims, groupClaims } from "./group.ts";

const group = (name: string, precedence?: number, role?: string): Group => ({
  poolId: "us-east-1_p",
  name,
  description: undefined,
  roleArn: role,
  precedence,
  createdAt: 0,
  modifiedAt: 0,
});

describe("what tokens say of groups", () => {
  it.each<{ title: string; of: Group[]; claims: GroupClaims }>([
    { title: "nothing of none", of: [], claims: { groups: [], roles: [] } },
    {
      title: "the lowest precedence first, names of equals in order, those without last",
      of: [group("z"), group("c", 5), group("b", 5), group("a"), group("d", 0)],
      claims: { groups: ["d", "b", "c", "a", "z"], roles: [] },
    },
    {
      title: "the role of the lowest precedence as the preferred one",
      of: [group("a", 2, "A"), group("b", 1, "B")],
      claims: { groups: ["b", "a"], roles: ["B", "A"], preferredRole: "B" },
    },
    {
      title: "no preferred role when equals differ",
      of: [group("a", 1, "A"), group("b", 1, "B"), group("c", 2, "C")],
      claims: { groups: ["a", "b", "c"], roles: ["A", "B", "C"] },
    },
    {
      title: "the preferred role that equals share, once",
      of: [group("a", 1, "A"), group("b", 1, "A")],
      claims: { groups: ["a", "b"], roles: ["A"], preferredRole: "A" },
    },
    {
      title: "the only role as the preferred one, with or without precedence",
      of: [group("a", undefined, "A"), group("b", 0)],
      claims: { groups: ["b", "a"], roles: ["A"], preferredRole: "A" },
    },
    {
      title: "a precedence of zero before none",
      of: [group("a", undefined, "A"), group("b", 0, "B")],
      claims: { groups: ["b", "a"], roles: ["B", "A"], preferredRole: "B" },
    },
    {
      title: "no preferred role of several groups without precedence",
      of: [group("a", undefined, "A"), group("b", undefined, "B")],
      claims: { groups: ["a", "b"], roles: ["A", "B"] },
    },
  ])("$title", ({ of, claims }) => {
    expect(groupClaims(of)).toEqual(claims);
    expect(groupClaims(of.toReversed())).toEqual(claims);
  });
});
