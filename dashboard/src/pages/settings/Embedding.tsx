import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Site } from '../../api/me';
import { packageOf, pinOf, scriptsOf, snippetOf } from '../../state/snippetLines';
import { useEmbedded } from '../../state/useEmbedded';
import { Code } from '../../ui/Code';
import { FailureNotice } from '../../ui/Notice';
import { useSaving } from '../../ui/saving';
import { words } from './embeddingText';

/** The lines that a website embeds, with what it wants of them. */
export function Embedding({ site }: { site: Site }) {
  const embedded = useEmbedded(site);
  const extras = useSignal(false);
  const vitals = useSignal(false);
  const hash = useSignal<boolean | null>(null);
  const bundled = useSignal(false);
  const pins = useSignal<Record<string, string> | null>(null);
  const pinning = useSaving();
  const embedding = {
    ...embedded,
    extras: extras.value,
    vitals: vitals.value,
    hash: hash.value ?? embedded.hash,
    pins: pins.value,
  };
  const pin = async (wanted: boolean) => {
    pins.value = null;
    if (wanted) {
      await pinning.run(async () => {
        pins.value = await pinsOf(scriptsOf({ ...embedding, extras: true, vitals: true }));
      });
    }
  };
  return (
    <>
      <Code
        label={words().label}
        text={bundled.value ? packageOf(embedding) : snippetOf(embedding)}
      />
      <Check checked={extras.value} check={(wanted) => (extras.value = wanted)}>
        {words().extras}
      </Check>
      <Check checked={vitals.value} check={(wanted) => (vitals.value = wanted)}>
        {words().vitals}
      </Check>
      <Check checked={embedding.hash} check={(wanted) => (hash.value = wanted)}>
        {words().hash}
      </Check>
      {embedding.hash !== embedded.hash && <p class="help">{words().hashSetting}</p>}
      <Check checked={bundled.value} check={(wanted) => (bundled.value = wanted)}>
        {words().bundled}
      </Check>
      {/* Browsers lend what hashes to pages that came by TLS alone. */}
      {!bundled.value && isSecureContext && (
        <Check checked={pins.value !== null} check={pin}>
          {words().pinned}
        </Check>
      )}
      {pinning.failure.value && (
        <FailureNotice failure={pinning.failure.value} retry={() => void pin(true)} />
      )}
    </>
  );
}

/** What browsers hold scripts of this server against, by path. */
async function pinsOf(paths: string[]): Promise<Record<string, string>> {
  return Object.fromEntries(
    await Promise.all(
      paths.map(async (path) => {
        const script = await fetch(path);
        return [path, await pinOf(await script.arrayBuffer())] as const;
      }),
    ),
  );
}

interface CheckProps {
  checked: boolean;
  check: (wanted: boolean) => unknown;
  children: ComponentChildren;
}

function Check({ checked, check, children }: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => void check(event.currentTarget.checked)}
      />
      {children}
    </label>
  );
}
