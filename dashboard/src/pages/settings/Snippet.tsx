import type { Site } from '../../api/me';
import { choiceOf, pictureOf } from '../../state/snippetLines';
import { useEmbedded } from '../../state/useEmbedded';
import { Code } from '../../ui/Code';
import { Embedding } from './Embedding';
import { PageCheck } from './PageCheck';
import { may } from './roles';
import { SnippetCheck } from './SnippetCheck';
import { words } from './snippetText';

/** What a website embeds, and whether it works. */
export function Snippet({ site }: { site: Site }) {
  const embedded = useEmbedded(site);
  return (
    <>
      <p>{words().help}</p>
      <Embedding site={site} />
      <h2>{words().check}</h2>
      <SnippetCheck site={site} />
      {may(site, 'editor') && <PageCheck site={site} />}
      <h2>{words().noScript}</h2>
      <p>{words().noScriptHelp}</p>
      <Code label={words().noScriptLabel} text={pictureOf(embedded)} />
      <h2>{words().choice}</h2>
      <p>{words().choiceHelp}</p>
      <Code label={words().choiceLabel} text={choiceOf(embedded)} />
    </>
  );
}
