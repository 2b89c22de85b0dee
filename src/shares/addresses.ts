import { BlockList, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The client that an address stands for. Whoever has one address of IPv6 has all of its /64, so those count as one. */
export function clientAt(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'address:unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return `address:${parsed.toString()}`;
  const { parts } = parsed as ipaddr.IPv6;
  return `address:${parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** Whether an address, or a network such as `10.0.0.0/8`, can be understood. */
export function isNetwork(text: string): boolean {
  return ipaddr.isValidCIDR(text) || ipaddr.isValid(text);
}

/** Tells the addresses of the proxies that are trusted to say for whom they ask. */
export function proxiesIn(networks: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string?];
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (text) => {
    if (text === undefined || !ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text).toString();
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
}
