import { listenVariable } from '../kubernetes/telling-variables.ts';
import type { Container } from '../model/kubernetes.ts';

const loopback = /^(?:[a-z]+:\/\/)?(?:127(?:\.\d{1,3}){3}|localhost|\[::1\]|::1)(?::(\d+))?\/?$/i;

const allOfIpv4 = /^(?:[a-z]+:\/\/)?0\.0\.0\.0(?::(\d+))?\/?$/i;

/** Flags that commonly say where a server listens; flags that name another service, `--redis-host`, are not among them. */
const flag =
  /^--?(?:(?:[\w-]+[.-])?(?:bind|listen)(?:[.-]?(?:host|addr(?:ess)?|ip|on))?|host|hostname|addr|address|ip|b|H|(?:http|web|server|api)[.-](?:host|addr(?:ess)?))$/;

/** The flag or variable that makes the container listen on loopback only, for `port` or for a port that it leaves open. */
export const loopbackSetting = (container: Container, port: number): string | undefined =>
  settingOf(container, port, loopback);

/** The same for all addresses of IPv4 and none of IPv6. */
export const ipv4Setting = (container: Container, port: number): string | undefined =>
  settingOf(container, port, allOfIpv4);

function settingOf({ command, args, env }: Container, port: number, address: RegExp): string | undefined {
  const isMeant = (value: string | undefined): boolean => {
    const match = address.exec(value ?? '');
    return match !== null && (match[1] === undefined || Number(match[1]) === port);
  };
  const words = [...command, ...args];
  for (const [index, word] of words.entries()) {
    const [name = '', value] = word.split(/=(.*)/s);
    if (!flag.test(name)) continue;
    const said = value ?? words[index + 1];
    if (isMeant(said)) return value === undefined ? `${word} ${said}` : word;
  }
  const set = env.find(({ name, value }) => listenVariable.test(name) && isMeant(value));
  return set && `${set.name}=${set.value}`;
}
