import { isSecret, valuePattern } from './named-secrets.ts';
import { blank, type SecretRule } from './secret-rule.ts';

/** Programs with a flag of one letter for the password. */
const withFlag = String.raw`mysql\w{0,40}|mariadb[\w-]{0,40}|sshpass|docker|podman|nerdctl|helm|crane|oras|skopeo|mongo\w{0,40}|redis-cli|ldap\w{1,40}|az|cqlsh|influx|clickhouse-client|htpasswd|rabbitmqctl|sqlcmd|mosquitto_\w{1,40}|ipmitool|smbclient|7z|zip|unzip`;

/** Between a flag and its value: spaces, or the elements of a list in JSON or YAML. */
const between = String.raw`(?:\s{1,3}|\\?["']\s{0,3},\s{0,20}|\r?\n[ \t]{0,40}-[ \t]{1,3})`;

/** Arguments of commands. */
export const secretArguments: readonly SecretRule[] = [
  {
    kind: 'flag and value',
    pattern: new RegExp(
      String.raw`(?<before>(?<![\w-])(?:--?|setenv\s{1,3})(?<name>[\w.-]{1,128})${between})(?!-|\[redacted)(?<secret>${valuePattern})`,
      'g',
    ),
    instead: ({ match, groups: { before = '', name = '', secret = '' } }) =>
      isSecret(name, secret) ? `${before}${blank}` : match,
    examples: [
      ['serve --db-password x1 --port 80', 'serve --db-password [redacted] --port 80'],
      ['setenv DB_PASSWORD x1', 'setenv DB_PASSWORD [redacted]'],
      ['["--requirepass", "x1"]', '["--requirepass", [redacted]]'],
      ['- --requirepass\n- x1', '- --requirepass\n- [redacted]'],
    ],
  },
  {
    kind: 'password on standard input',
    pattern:
      /(?<before>(?<![\w-])(?:echo|printf|print)\s(?:-\w{1,4}\s{1,3})?["']?(?:%s\S{0,4}["']?\s["']?)?(?:\w{1,64}:)?)(?!\$)[^\s"'|]{4,256}(?=["']?\s{0,3}\|[^|\n]{0,200}(?:--password-stdin|--with-token|--stdin|--pass-stdin|chpasswd|sudo\s{1,3}-S|htpasswd\s{1,3}-i|--token-stdin|--from-file=\S{0,80}\/dev\/stdin|base64(?!\s{1,3}-{1,2}d)|tee\s\S{0,80}(?:secret|passw|token)))/g,
    examples: [
      ['echo x1y2 | docker login -u ci --password-stdin', 'echo [redacted] | docker login -u ci --password-stdin'],
      ['echo -n x1y2 | base64', 'echo -n [redacted] | base64'],
    ],
  },
  {
    kind: 'key of openssl',
    pattern: /(?<before>(?<![\w-])openssl\s[^\n|;]{0,200}?\s-[kK]\s{1,3}["']?)(?![-$])[^\s"']{3,}/g,
    examples: [['openssl enc -aes-256-cbc -k x1y2 -in a', 'openssl enc -aes-256-cbc -k [redacted] -in a']],
  },
  {
    kind: 'password of net use',
    pattern: /(?<before>(?<![\w-])net\s{1,3}use\s[^\n]{0,200}?\/user:\S{1,100}\s{1,3})(?![/*])\S{4,}/gi,
    examples: [['net use z: \\\\fs\\shop /user:shop x1y2', 'net use z: \\\\fs\\shop /user:shop [redacted]']],
  },
  {
    kind: 'user and password',
    pattern:
      /(?<before>(?<![\w-])(?:-u|--user|--proxy-user|--userpwd|-U)[\s=]{1,3}["']?(?<user>[\w.@\\-]{1,64})[:%])(?!\d{1,6}(?:\s|$)|\/\/)(?<secret>[^\s"']+)/g,
    instead: ({ match, groups: { before = '', user = '', secret = '' } }) =>
      secret === user ? match : `${before}${blank}`,
    examples: [
      ['curl -u admin:x1 https://es:9200', 'curl -u admin:[redacted] https://es:9200'],
      ['smbclient //fs/share -U admin%x1', 'smbclient //fs/share -U admin%[redacted]'],
    ],
  },
  {
    kind: 'password of one letter',
    pattern: new RegExp(String.raw`(?<![\w-])(?:${withFlag})(?=\s)[^\n|;]{1,400}`, 'g'),
    instead: ({ match }) =>
      match.replace(
        /(\s-[pPaw](?:\s{1,3}|=)?["']?)(?![-\d]{1,5}(?:[:\s]|$)|\[redacted|\$\{?\w{1,64}\}?["']?(?:\s|$))[^\s"'-][^\s"']*/g,
        (_, before: string) => `${before}${blank}`,
      ),
    examples: [
      ['mysql -h db -px1 shop', 'mysql -h db -p[redacted] shop'],
      ['sshpass -p x1 ssh db', 'sshpass -p [redacted] ssh db'],
    ],
  },
  {
    kind: 'password of any program',
    pattern:
      /(?<before>(?<![\w-])-p(?:\s{1,3}|=)["']?)(?!\[redacted)(?=[^\s"']{0,60}[A-Z!@#$%^&*])(?=[^\s"']{0,60}[\d!@#$%^&*])[^\s"'/:]{5,}/g,
    examples: [['login -p Hunter2 db', 'login -p [redacted] db']],
  },
  {
    kind: 'alias of MinIO',
    pattern:
      /(?<before>(?<![\w-])mc\s{1,3}(?:alias set|config host add)\s{1,3}[\w-]{1,64}\s{1,3}\S{1,200}\s{1,3})\S{1,200}\s{1,3}\S{1,200}/g,
    examples: [['mc alias set s3 http://minio:9000 app x1y2z3', 'mc alias set s3 http://minio:9000 [redacted]']],
  },
  {
    kind: 'directive of Redis',
    pattern: /(?<before>(?<![\w-])(?:requirepass|masterauth)\s{1,3}["']?)(?!\[redacted)[^\s"']{6,}/g,
    examples: [['requirepass x1y2z3a4', 'requirepass [redacted]']],
  },
  {
    kind: 'command AUTH of Redis',
    pattern:
      /(?<before>(?<![\w-])AUTH(?:\s{1,3}[a-z][\w-]{0,63})?\s{1,3}["']?)(?=[^\s"']{0,60}\d)(?=[^\s"']{0,60}[a-z])(?=[^\s"']{0,60}[A-Z])[^\s"':=]{12,}(?=["']?(?:\s|$))/g,
    examples: [['AUTH default x1Y2z3A4b5C6', 'AUTH default [redacted]']],
  },
  {
    kind: 'user of RabbitMQ',
    pattern:
      /(?<before>(?<![\w-])rabbitmqctl\s[^\n|;]{0,80}?(?:add_user|change_password|authenticate_user)\s{1,3}\S{1,64}\s{1,3})\S+/g,
    examples: [['rabbitmqctl add_user shop x1y2', 'rabbitmqctl add_user shop [redacted]']],
  },
  {
    kind: 'token of Codecov',
    pattern: /(?<before>(?<![\w-])codecov\s[^\n|;]{0,80}?-t\s{1,3})\S+/g,
    examples: [['codecov -t 57cd70c0', 'codecov -t [redacted]']],
  },
  {
    kind: 'words after a command',
    pattern:
      /(?<before>(?<![\w-])(?:wandb\s{1,3}login(?:\s{1,3}--[\w=:/.-]{1,80})?|htpasswd\s{1,3}-[a-zA-Z]{0,8}b[a-zA-Z]{0,8}\s{1,3}\S{1,200}\s{1,3}\S{1,64}|wpa_passphrase\s{1,3}\S{1,64}|radtest(?:\s{1,3}-\S{1,16}){0,4}\s{1,3}\S{1,64})\s{1,3}["']?)(?![-<>|&[$])[^\s"']{6,}/g,
    examples: [
      ['wandb login 0f3b0f3b0f3b', 'wandb login [redacted]'],
      ['htpasswd -bc /etc/nginx/users admin x1y2z3', 'htpasswd -bc /etc/nginx/users admin [redacted]'],
      ['wpa_passphrase guests x1y2z3a4', 'wpa_passphrase guests [redacted]'],
    ],
  },
  {
    kind: 'shared secret of RADIUS',
    pattern: /(?<before>(?<![\w-])radtest\s[^\n|;]{0,200}?\s\d{1,5}\s{1,3}["']?)(?![-<>|&[$])[^\s"']{6,}/g,
    examples: [['radtest shop [redacted] radius:1812 0 x1y2z3', 'radtest shop [redacted] radius:1812 0 [redacted]']],
  },
  {
    kind: 'passphrases of SNMPv3',
    pattern: /(?<![\w-])snmp\w{2,12}(?=\s)[^\n|;]{1,400}/g,
    instead: ({ match }) =>
      match.replace(/(\s-[AX]\s{1,3}["']?)(?![-<>|&[$])[^\s"']{3,}/g, (_, before: string) => `${before}${blank}`),
    examples: [['snmpget -v3 -A x1y2z3a4 -x AES -X b5c6d7e8 db', 'snmpget -v3 -A [redacted] -x AES -X [redacted] db']],
  },
  {
    kind: 'key of an AccessKey scheme',
    pattern:
      /(?<before>(?<![\w-])(?:AccessKey|ApiKey|GenieKey|SSWS|SharedKey|Klaviyo-API-Key)\s{1,3})(?=[\w-]{0,40}\d)[\w.~+/=-]{16,}/g,
    examples: [['AccessKey x1y2z3a4b5c6d7e8f9 sent', 'AccessKey [redacted] sent']],
  },
  {
    kind: 'line of netrc',
    pattern: /(?<before>(?<![\w-])(?:login|user|account)\s{1,3}\S{1,100}\s{1,3}password\s{1,3})\S+/gi,
    examples: [['machine api login ci password x1', 'machine api login ci password [redacted]']],
  },
];
