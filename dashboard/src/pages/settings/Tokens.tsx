import { useSignal } from '@preact/signals';
import { revokeToken, type Token, tokensOf } from '../../api/access';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { count, longDay } from '../../text/format';
import { Items } from './Items';
import { words as items } from './itemsText';
import { TokenDialog } from './TokenDialog';
import { words } from './tokensText';

/** What programs show. */
export function Tokens({ site }: { site: Site }) {
  const answer = useAnswer(tokensOf(site.domain));
  const adding = useSignal(false);
  return (
    <>
      <p>{words().intro}</p>
      <Items
        label={words().intro}
        answer={answer}
        keyOf={({ id }) => String(id)}
        nameOf={nameOf}
        columns={[
          {
            title: words().name,
            cell: (token) => (
              <>
                <b>{nameOf(token)}</b>
                <span class="detail">
                  {count(token.hourly)} {words().hourly.toLowerCase()}
                </span>
              </>
            ),
          },
          {
            title: words().may,
            cell: ({ scopes }) => scopes.map((scope) => words().scopes[scope].label).join(', '),
          },
          {
            title: words().used,
            cell: ({ used_on }) => (used_on ? longDay(used_on) : items().never),
            minor: true,
          },
          {
            title: words().expires,
            cell: ({ expires_on }) => (expires_on ? longDay(expires_on) : items().never),
            minor: true,
          },
        ]}
        empty={words().none}
        add={{ label: words().add, open: () => (adding.value = true) }}
        removal={{
          action: words().revoke,
          may: () => true,
          warning: () => words().warning,
          act: ({ id }) => revokeToken(site.domain, id),
        }}
      />
      {adding.value && <TokenDialog site={site} close={() => (adding.value = false)} />}
    </>
  );
}

const nameOf = ({ name }: Token): string => name || words().unnamed;
