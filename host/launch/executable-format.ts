/** What the first bytes of a file say about how the system would start it. */
export type ExecutableFormat =
  | ElfFormat
  | { readonly kind: 'mach-o'; readonly machines: readonly string[] }
  | { readonly kind: 'pe'; readonly machine: string }
  | ScriptFormat
  | { readonly kind: 'unknown'; readonly firstBytes: string }
  | { readonly kind: 'empty' }
  /** Nothing could be read: no such file, a folder, or no permission to read (which running it does not need). */
  | { readonly kind: 'unreadable'; readonly because: string }

/** A Linux or BSD program. */
export interface ElfFormat {
  readonly kind: 'elf'
  /** Go's name of the processor, or `unknown-<e_machine>`. */
  readonly machine: string
  readonly bits: 32 | 64
  /** The dynamic loader (PT_INTERP); absent in static programs. */
  readonly interpreter?: string
  readonly interpreterExists?: boolean
  /** The shared libraries that it names (DT_NEEDED). */
  readonly needed: readonly string[]
  /** Folders that it names to look for them in (DT_RPATH, DT_RUNPATH), as written. */
  readonly searched: readonly string[]
}

/** A text that begins with `#!`. */
export interface ScriptFormat {
  readonly kind: 'script'
  /** As written, a carriage return at its end included, because the system takes it literally too. */
  readonly interpreter: string
  /** Everything after the interpreter; the system passes it as one argument. */
  readonly argument?: string
  readonly interpreterExists: boolean
  /** Whether the interpreter is `env`, which looks for the real one along PATH. */
  readonly usesPath: boolean
}

/** A few words about a format, for a table of files: `ELF amd64`, `script for /bin/sh`. */
export function describeFormat(format: ExecutableFormat): string {
  switch (format.kind) {
    case 'elf':
      return `ELF ${format.machine}`
    case 'mach-o':
      return `Mach-O ${format.machines.join('+')}`
    case 'pe':
      return `Windows program ${format.machine}`
    case 'script':
      return `script for ${[format.interpreter, format.argument ?? ''].join(' ').trim()}`
    case 'unknown':
      return `no program, begins with ${format.firstBytes}`
    case 'empty':
      return 'empty file'
    case 'unreadable':
      return format.because
    default:
      return format satisfies never
  }
}

/** The platforms, as `os/arch`, that a native format runs on; `undefined` when the format does not tell. */
export function platformsOf(format: ExecutableFormat): readonly string[] | undefined {
  if (format.kind === 'elf') return elfSystems.map((os) => `${os}/${format.machine}`)
  if (format.kind === 'mach-o') return format.machines.map((machine) => `darwin/${machine}`)
  if (format.kind === 'pe') return [`windows/${format.machine}`]
  return undefined
}

/** Systems whose programs are ELF files; which of them one is for can't be told reliably from its header. */
const elfSystems = ['linux', 'android', 'freebsd', 'openbsd', 'netbsd', 'dragonfly', 'solaris', 'illumos']
