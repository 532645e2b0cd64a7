// `completion SHELL`: prints shell completions, generated from the table of commands.
import type { Arguments } from "./arguments.ts";
import { cancel, commands, type Option, type Options } from "./commands.ts";
import { NAME, UsageError } from "./failure.ts";
import type { Output } from "./output.ts";

const SHELLS = { bash, zsh, fish };

/** Values that are paths, which shells complete themselves. */
const PATHS = ["PATH", "FILE"];

export async function completion(args: Arguments, output: Output): Promise<number> {
  const shells = args.operands.map(({ value }) => value);
  const [shell = ""] = shells;
  if (shells.length === 1 && Object.hasOwn(SHELLS, shell))
    return output.text(SHELLS[shell as keyof typeof SHELLS]());
  throw new UsageError(`Choose a shell: ${NAME} completion bash, zsh or fish`);
}

/** The options by command name; the empty name is for canceling by UUID. */
function optionsByCommand(): [string, Options][] {
  return Object.entries({ "": cancel, ...commands }).map(([name, { options }]) => [name, options]);
}

function valuesOf(options: [string, Options][]): [string, Option][] {
  const all = options.flatMap(([, its]) => Object.entries(its));
  return [...new Map(all.filter(([, { value, defaultValue }]) => value && !defaultValue))];
}

function bash(): string {
  const options = optionsByCommand();
  const values = valuesOf(options);
  const choices = values.flatMap(([name, { choices = [] }]) =>
    choices.length > 0
      ? [`    --${name}) COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$word")); return ;;`]
      : [],
  );
  const paths = values.filter(([, { value = "" }]) => PATHS.includes(value)).map(([name]) => `--${name}`);
  const others = values.filter(([, { value = "", choices }]) => !choices && !PATHS.includes(value));
  const words = options.map(([name, its]) => {
    const own = Object.keys(its).map((option) => `--${option}`);
    const more = name === "" ? Object.keys(commands) : name === "completion" ? Object.keys(SHELLS) : [];
    return `    ${name === "" ? "*" : name}) words="${[...more, ...own].join(" ")}" ;;`;
  });
  return `# bash completion of ${NAME}: eval "$(${NAME} completion bash)"
_upbit_cancel_order() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words
  COMPREPLY=()
  case "$before" in
${choices.join("\n")}
    ${paths.join("|")}) COMPREPLY=($(compgen -f -- "$word")); return ;;
    ${others.map(([name]) => `--${name}`).join("|")}) return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${[...words.slice(1), words[0]].join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _upbit_cancel_order ${NAME}
`;
}

function zsh(): string {
  const cases = optionsByCommand().map(([name, its]) => {
    const specs = Object.entries(its).map(([option, spec]) => `      ${zshOption(option, spec)}`);
    const rest = { "": "'*:uuid:'", guard: "'*::command:_normal'", completion: "'1:shell:(bash zsh fish)'" }[
      name
    ];
    const all = rest === undefined ? specs : [...specs, `      ${rest}`];
    return `    ${name === "" ? "*" : name}) _arguments -s -S \\\n${all.join(" \\\n")} ;;`;
  });
  const described = Object.entries(commands).map(([name, { about }]) => `    '${name}:${about}'`);
  return `#compdef ${NAME}
# zsh completion of ${NAME}: ${NAME} completion zsh > a folder in $fpath/_${NAME}
_upbit_cancel_order() {
  local -a its_commands=(
${described.join("\n")}
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe 'command' its_commands
    return
  fi
  case $words[2] in
${[...cases.slice(1), cases[0]].join("\n")}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _upbit_cancel_order "$@"
else
  compdef _upbit_cancel_order ${NAME}
fi
`;
}

function zshOption(name: string, { value, defaultValue, choices, about }: Option): string {
  const text = about.replaceAll(":", "\\:");
  if (value === undefined) return `'--${name}[${text}]'`;
  const action = choices ? `(${choices.join(" ")})` : PATHS.includes(value) ? "_files" : "";
  return defaultValue === undefined
    ? `'*--${name}=[${text}]:${value}:${action}'`
    : `'--${name}=-[${text}]::${value}:${action}'`;
}

function fish(): string {
  const none = `not __fish_seen_subcommand_from ${Object.keys(commands).join(" ")}`;
  const lines = Object.entries(commands).map(
    ([name, { about }]) => `complete -c ${NAME} -n '${none}' -f -a ${name} -d '${about}'`,
  );
  for (const [name, its] of optionsByCommand()) {
    const when = name === "" ? none : `__fish_seen_subcommand_from ${name}`;
    for (const [option, { value, defaultValue, choices, about }] of Object.entries(its)) {
      const takes = value && !defaultValue ? (PATHS.includes(value) ? " -r -F" : " -x") : "";
      const offers = choices ? ` -a '${choices.join(" ")}'` : "";
      lines.push(`complete -c ${NAME} -n '${when}' -l ${option}${takes}${offers} -d '${about}'`);
    }
  }
  lines.push(`complete -c ${NAME} -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'`);
  return `# fish completion of ${NAME}: ${NAME} completion fish | source\n${lines.join("\n")}\n`;
}
