import { useSignal } from '@preact/signals';
import { checkPage, type Finding } from '../../api/check';
import type { Site } from '../../api/me';
import { Form } from '../../ui/Form';
import { Notice } from '../../ui/Notice';
import { TextField } from '../../ui/TextField';
import { words } from './pageCheckText';

/** Looks at a page of the website for what keeps it from being counted. */
export function PageCheck({ site }: { site: Site }) {
  const url = useSignal(`https://${site.domain}/`);
  const findings = useSignal<Finding[] | null>(null);
  const look = async () => {
    findings.value = null;
    findings.value = await checkPage(site.domain, url.value.trim());
  };
  return (
    <>
      <Form fields={['url']} submit={words().look} ready={url.value.trim() !== ''} save={look}>
        {(fault) => (
          <TextField label={words().url} help={words().urlHelp} fault={fault('url')} text={url} />
        )}
      </Form>
      {findings.value?.length === 0 && (
        <Notice icon="check">
          <p>{words().right}</p>
        </Notice>
      )}
      {findings.value?.map((finding) => (
        <Notice kind="warning" key={finding.code}>
          <p>{wordsFor(finding.code) ?? finding.detail}</p>
          <p class="detail" lang="en">
            {wordsFor(finding.code) && finding.detail} {finding.remedy}
          </p>
        </Notice>
      ))}
    </>
  );
}

const wordsFor = (code: string): string | undefined =>
  (words().findings as Record<string, string>)[code];
