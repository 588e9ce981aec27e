import type { Cause } from '../diagnosis.ts'

/** A sentence that programs say on stderr before they end, and what it means. */
interface Saying {
  readonly pattern: RegExp
  readonly tell: (groups: Readonly<Record<string, string | undefined>>) => Cause
}

/** The cause that a program names with its last words; the most specific saying wins, not the last line. */
export function causeInWords(lines: readonly string[]): Cause | undefined {
  for (const { pattern, tell } of sayings) {
    for (const line of lines) {
      const match = pattern.exec(line)
      if (match !== null) return tell(match.groups ?? {})
    }
  }
  return undefined
}

const missingLibrary: Saying['tell'] = ({ name = 'a shared library' }) => ({
  kind: 'library-missing',
  cause: `The program is linked to ${name}, which is not on this system; it was there where the program was built.`,
  fix: `Link statically (Go: CGO_ENABLED=0), ship ${name} beside the program with an rpath of $ORIGIN, or install its package in the image.`,
})

const missingModule: Saying['tell'] = ({ name = 'a module' }) => ({
  kind: 'module-missing',
  cause: `The code imports ${name}, which is not in the folder that was shipped, or not in the environment of this interpreter.`,
  fix: 'Ship a bundle or the installed packages beside the program; the plugin runs without PATH and without the shell in which the packages were installed.',
})

const missingRuntime: Saying['tell'] = ({ name = 'the runtime' }) => ({
  kind: 'runtime-missing',
  cause: `${name} is not installed, or it is found along PATH only, which plugins do not get since Grafana 12.4.`,
  fix: 'Ship a self-contained program, or name the interpreter by its absolute path.',
})

const takenPort: Saying['tell'] = ({ address }) => ({
  kind: 'port-taken',
  cause: `The plugin binds a constant port${address === undefined ? '' : ` (${address})`}, and somebody has it already: another plugin, a second copy, or the one before it.`,
  fix: 'Bind port 0, ask for the port that was given, and print that one.',
})

const readOnly: Saying['tell'] = ({ path }) => ({
  kind: 'read-only',
  cause: `The plugin writes to ${path ?? 'a place'} on a file system that is read-only, as the root of hardened containers is, /tmp included.`,
  fix: 'Create sockets in PLUGIN_UNIX_SOCKET_DIR when it is set, or listen on 127.0.0.1 with TCP; write nothing else at the start.',
})

const noSocketFolder: Saying['tell'] = ({ path }) => ({
  kind: 'socket-folder',
  cause: `No unix socket can be created${path === undefined ? '' : ` at ${path}`}: the folder is missing, no folder, not writable, or the path is longer than the system allows (107 bytes).`,
  fix: 'Use PLUGIN_UNIX_SOCKET_DIR when it is set and the temporary folder otherwise, with a short name; or listen on 127.0.0.1 with TCP.',
})

const missingVariable: Saying['tell'] = ({ name = 'a variable' }) => ({
  kind: 'variable-missing',
  cause: `The plugin needs the environment variable ${name} at its start. Since Grafana 12.4 plugins inherit almost nothing of the server's environment.`,
  fix: `Live without ${name} at the start. Settings belong into the data source, or into the ini section [plugin.<id>], which arrives as GF_PLUGIN_<KEY>; operators can use [plugins] forward_host_env_vars.`,
})

const crash: Saying['tell'] = ({ words }) => ({
  kind: 'crash',
  cause: `An error that nobody caught ended the program${words === undefined ? '' : `: ${words}`}.`,
  fix: 'Correct the code at the place that the lines of stderr name; whatever can fail at the start is better done when the first request needs it.',
})

/** The most specific ones first: a traceback is a crash, unless it ends in something that has a name of its own. */
const sayings: readonly Saying[] = [
  // glibc, musl, macOS.
  { pattern: /error while loading shared libraries: (?<name>[^:\s]+):/, tell: missingLibrary },
  { pattern: /Error loading shared library (?<name>[^:\s]+):/, tell: missingLibrary },
  { pattern: /Library not loaded: (?<name>\S+)/, tell: missingLibrary },
  { pattern: /version [`'](?<name>(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)' not found/, tell: missingLibrary },
  { pattern: /Error relocating [^:]+: (?<name>\S+): symbol not found/, tell: missingLibrary },
  { pattern: /You must install (?:or update )?(?<name>\.NET)/, tell: missingRuntime },
  { pattern: /(?<name>JAVA_HOME) is not (?:set|defined)/, tell: () => missingRuntime({ name: 'Java' }) },
  {
    pattern: /^(?:\/\S+\/)?env: (?:can't execute )?[‘'"]?(?<name>[^\s’'":]+)[’'"]?: No such file/,
    tell: missingRuntime,
  },
  // A name begins where none went before it: a plugin that prints a megabyte without a blank would keep us busy for hours.
  { pattern: /(?<![\w./+-])(?<name>[\w./+-]+): (?:command )?not found$/, tell: missingRuntime },
  { pattern: /(?:exec: )(?<name>[\w./+-]+): cannot execute/, tell: missingRuntime },
  { pattern: /Cannot find (?:module|package) '(?<name>[^']+)'/, tell: missingModule },
  { pattern: /(?:ModuleNotFoundError|ImportError): No module named '?(?<name>[\w.]+)/, tell: missingModule },
  { pattern: /(?:NoClassDefFoundError|ClassNotFoundException): (?<name>[\w./$]+)/, tell: missingModule },
  { pattern: /Could not load file or assembly '(?<name>[^',]+)/, tell: missingModule },
  { pattern: /EADDRINUSE.*?(?<address>[\w.:[\]-]+:\d+)/, tell: takenPort },
  { pattern: /listen tcp (?<address>\S+): bind: address already in use/, tell: takenPort },
  {
    pattern: /(?:EADDRINUSE|address already in use|Failed to bind to address (?<address>\S+))/i,
    tell: takenPort,
  },
  { pattern: /address family not supported|EAFNOSUPPORT/i, tell: () => noUnixSockets },
  { pattern: /(?:open|listen unix|mkdir|bind) (?<path>\/[^\s:]+):.*read-only file system/i, tell: readOnly },
  { pattern: /EROFS[^']*'(?<path>\/[^']+)'/, tell: readOnly },
  { pattern: /Read-only file system(?:: '(?<path>[^']+)')?/i, tell: readOnly },
  { pattern: /listen unix (?<path>\/[^\s:]+): bind:/, tell: noSocketFolder },
  { pattern: /listen E(?:ACCES|NOENT|NOTDIR|INVAL|PERM)[^/]*(?<path>\/\S+)/, tell: noSocketFolder },
  { pattern: /AF_UNIX path too long/, tell: noSocketFolder },
  { pattern: /KeyError: '(?<name>[A-Z][A-Z0-9_]+)'/, tell: missingVariable },
  {
    pattern:
      /(?:environment )?variable [`'"]?\$?(?<name>[A-Z][A-Z0-9_]+)[`'"]? (?:is )?(?:not set|missing|required|unset|must be set)/i,
    tell: missingVariable,
  },
  {
    pattern:
      /\$?\b(?<name>[A-Z][A-Z0-9_]{2,}) (?:is )?(?:not set|not defined|must be set|unset|parameter not set)/,
    tell: missingVariable,
  },
  { pattern: /\b(?<name>[A-Z][A-Z0-9_]{2,}): (?:parameter not set|unbound variable)/, tell: missingVariable },
  { pattern: /This (?:binary|program|executable) is a plugin/i, tell: () => cookieRefused },
  { pattern: /^\s*(?:Usage|usage): /, tell: () => wantsArguments },
  {
    pattern:
      /(?:missing|required) (?:argument|flag|option|command)|flag provided but not defined|the following arguments are required/i,
    tell: () => wantsArguments,
  },
  {
    pattern:
      /(?:JavaScript heap out of memory|OutOfMemoryError|out of memory|MemoryError|Cannot allocate memory)/i,
    tell: () => outOfMemory,
  },
  { pattern: /^(?<words>panic: .+)$/, tell: crash },
  { pattern: /^(?<words>thread '.+' panicked at .+)$/, tell: crash },
  { pattern: /^(?<words>(?:Unhandled exception|Exception in thread|Uncaught|fatal error:).*)$/, tell: crash },
  { pattern: /^(?<words>(?:[A-Z]\w*)?(?:Error|Exception)(?: \[\w+\])?: .+)$/, tell: crash },
  { pattern: /^Traceback \(most recent call last\)/, tell: crash },
]

const noUnixSockets: Cause = {
  kind: 'no-unix-sockets',
  cause:
    'A sandbox around Grafana forbids this kind of socket (systemd: RestrictAddressFamilies), or IPv6 is switched off.',
  fix: 'Fall back to TCP on 127.0.0.1 when no unix socket can be had; operators can allow AF_UNIX in the unit.',
}

const cookieRefused: Cause = {
  kind: 'cookie-refused',
  cause:
    'The plugin expects another magic cookie than Grafana\'s, which is the variable grafana_plugin_type with the value "datasource", for apps too.',
  fix: 'Compare the environment variable grafana_plugin_type with "datasource", exactly.',
}

const wantsArguments: Cause = {
  kind: 'wants-arguments',
  cause: 'The program wants arguments or a command, and Grafana passes none.',
  fix: 'Serve when there are no arguments at all.',
}

const outOfMemory: Cause = {
  kind: 'out-of-memory',
  cause: 'The program ran out of memory: that of the machine, a limit of the container, or its own.',
  fix: 'Raise the limit, or need less at the start.',
}
