/** A range of addresses: the first bits that all of them share. */
interface Network {
  address: bigint;
  bits: number;
}

const v4Bits = 32;
const v6Bits = 128;
/** Where IPv4 addresses stand among those of IPv6: ::ffff:0:0/96 (RFC 4291, 2.5.5.2). */
const v4Prefix = 0xffffn << 32n;

/**
 * Whether an address lies in one of these ranges (`10.8.0.0/16`, `2001:db8::/32`; RFC 4632, RFC 4291). An IPv4 address is the
 * same one however it is written (10.8.0.1 and ::ffff:10.8.0.1). What is no address or no range matches nothing.
 */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  const own = readAddress(address);
  if (own === null) return false;
  return networks.some((text) => {
    const network = readNetwork(text);
    if (network === null) return false;
    const rest = BigInt(v6Bits - network.bits);
    return own >> rest === network.address >> rest;
  });
}

/** Whether this is a range of addresses. */
export function isNetwork(text: string): boolean {
  return readNetwork(text) !== null;
}

function readNetwork(text: string): Network | null {
  const [, first = '', digits] = /^([^/]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
  const address = readAddress(first);
  if (address === null) return null;
  const isV4 = !first.includes(':');
  const bits = Number(digits);
  if (bits > (isV4 ? v4Bits : v6Bits)) return null;
  return { address, bits: isV4 ? v6Bits - v4Bits + bits : bits };
}

/** As a number of 128 bits; null for what is none. A zone (`fe80::1%eth0`) says where it was heard and is left away. */
function readAddress(text: string): bigint | null {
  const plain = text.trim().replace(/%.*$/, '');
  if (!plain.includes(':')) {
    const v4 = readV4(plain);
    return v4 === null ? null : v4Prefix | v4;
  }
  return readV6(plain);
}

function readV4(text: string): bigint | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  let address = 0n;
  for (const part of text.split('.')) {
    // A leading zero is octal to some readers and decimal to others: nobody's address.
    if (Number(part) > 255 || (part.length > 1 && part.startsWith('0'))) return null;
    address = (address << 8n) | BigInt(part);
  }
  return address;
}

function readV6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  // "::" stands for one group of zeros or more.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...tail];
  return groups.reduce((address, group) => (address << 16n) | group, 0n);
}

/** Groups of 16 bits; an IPv4 address at the end is two of them. */
function groupsOf(text: string): bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? readV4(part) : null;
    if (v4 !== null) groups.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}
