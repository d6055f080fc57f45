/** Addresses of the internet, each spelled in one way, and the networks that hold them. */
import { BlockList, isIP } from "node:net";

/** IPv4 inside IPv6, as a URL writes it. Source: RFC 4291 section 2.5.5.2. */
const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * The one spelling of an address: an IPv4 address as four numbers however it came, an IPv6 address as RFC 5952 wants it,
 * without the interface it was heard on. Undefined for what is no address.
 */
export function canonicalAddress(address: string | undefined): string | undefined {
  const plain = address?.replace(/%.*$/s, "") ?? "";
  if (isIP(plain) === 4) return plain;
  if (isIP(plain) !== 6 || !URL.canParse(`http://[${plain}]`)) return undefined;
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [, high, low] = mapped.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  return [high, low].flatMap((half) => [Number.parseInt(half, 16) >> 8, Number.parseInt(half, 16) & 0xff]).join(".");
}

const groupsOfAddress = 8;
const groupsOfNetwork = 4;

/**
 * Whom an address stands for: the IPv4 address itself, and of IPv6 the network of 64 bits, which is the least that anybody
 * is given and all of whose addresses one machine may take. Source: RFC 6177. Undefined for what is no address.
 */
export function householdOf(address: string | undefined): string | undefined {
  const canonical = canonicalAddress(address);
  if (canonical === undefined || isIP(canonical) === 4) return canonical;
  const [left = [], right] = canonical.split("::").map((part) => (part === "" ? [] : part.split(":")));
  const gap = groupsOfAddress - left.length - (right?.length ?? 0);
  const groups = [...left, ...Array.from({ length: gap }, () => "0"), ...(right ?? [])];
  return `${groups.slice(0, groupsOfNetwork).join(":")}::/64`;
}

/** An address, or a network as an address and the bits of its prefix. */
const networkForm = /^([^/]+)(?:\/(\d{1,3}))?$/;

/** Whether an address is in one of the networks; each is an address or, as `10.0.0.0/8`, a prefix. @throws for another form */
export function inNetworks(networks: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [, address = "", bits] = networkForm.exec(network) ?? [];
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    list.addSubnet(address, bits === undefined ? (family === "ipv4" ? 32 : 128) : Number(bits), family);
  }
  return (address) => {
    const canonical = canonicalAddress(address);
    return canonical !== undefined && list.check(canonical, isIP(canonical) === 4 ? "ipv4" : "ipv6");
  };
}
