import { plainLine } from '../base/plainLine.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import { isImportable } from './isImportable.ts';
import { terraformNotes } from './terraformNotes.ts';
import { unicodeEscape } from './unicodeEscape.ts';

export interface TerraformItem {
  readonly entry: Pick<IntegrationEntry, 'integration' | 'isInherited'>;
  /** Empty if it is not known. */
  readonly runnerName: string;
}

/** Enough characters to tell integrations apart; nobody types more. */
const MAX_NAME_LENGTH = 80;

/**
 * One HCL `import` block per integration, formatted as by `terraform fmt`. Every name is unique. Comments say what can
 * go wrong, and which integrations were left out because they cannot be imported.
 */
export function terraformImport(items: readonly TerraformItem[]): string {
  const names = new Set<string>();
  const blocks = items
    .filter(({ entry }) => isImportable(entry))
    .map(({ entry: { integration }, runnerName }) => {
      const name = uniqueName(identifier(`${runnerName} ${integration.host}`), names);
      const block = `import {\n  to = ona_scm_integration.${name}\n  id = "${escaped(integration.id)}"\n}\n`;
      return `${terraformNotes(integration).map(comment).join('')}${block}`;
    });
  const left = items.filter(({ entry }) => !isImportable(entry)).map((item) => comment(whyLeftOut(item)));
  return [...blocks, ...(left.length === 0 ? [] : [left.join('')])].join('\n');
}

function whyLeftOut({ entry: { integration, isInherited }, runnerName }: TerraformItem): string {
  const host = plainLine(integration.host) || '(no host)';
  const runner = plainLine(runnerName) || plainLine(integration.runnerId) || '(unknown runner)';
  const place = `${host} on ${runner}`;
  return isInherited
    ? `Left out: ${place} is managed by Ona, so Terraform cannot import it.`
    : `Left out: ${place} has no ID.`;
}

/** @param text one line: a line break would end the comment */
function comment(text: string): string {
  return `# ${text}\n`;
}

function uniqueName(name: string, names: Set<string>): string {
  let unique = name;
  for (let ordinal = 2; names.has(unique); ordinal++) {
    unique = `${name}_${ordinal}`;
  }
  names.add(unique);
  return unique;
}

/** A name of ASCII letters, digits and underscores that begins with a letter. */
function identifier(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .slice(0, MAX_NAME_LENGTH)
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(words) ? words : `scm_${words}`.replace(/_$/, '');
}

/** Escapes text for the inside of a quoted HCL template, so that nothing in it is evaluated. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/["\\\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu, (char) =>
        char === '"' || char === '\\' ? `\\${char}` : unicodeEscape(char),
      )
      // `$${` is a literal `${`, and `%%{` a literal `%{`. More `$` or `%` in front could change that: encode them.
      .replace(
        /([$%]*)([$%])\{/g,
        (_, before: string, char: string) => `${before.replace(/./g, unicodeEscape)}${char}${char}{`,
      )
  );
}
