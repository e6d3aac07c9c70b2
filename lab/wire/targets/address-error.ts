/** The error for an address that this machine does not let the lab listen on, with the command that helps. */
export function addressError(cause: NodeJS.ErrnoException, address: string, port: number): Error {
  return new Error(`The lab cannot listen on ${address}:${port}. ${remedy(cause.code, address, port)}`, { cause });
}

function remedy(code: string | undefined, address: string, port: number): string {
  switch (code) {
    case 'EADDRNOTAVAIL':
      return `This machine has no such loopback address: run \`sudo ifconfig lo0 alias ${address} up\` for each address.`;
    case 'EACCES':
      return `Ports below 1024 are closed to you: run \`sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}\`.`;
    case 'EADDRINUSE':
      return `Something listens there already, perhaps another lab: end it, or use another network.`;
    default:
      return `The system says ${code}.`;
  }
}
