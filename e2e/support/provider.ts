import { Provider } from 'oidc-provider';
import { listen } from './listen';

/** A provider of OpenID Connect that signs in whoever says a name, without asking for proof. */
export interface SigningIn {
  issuer: string;
  stop: () => Promise<void>;
}

/** What the server that is tested is known by. */
export const client = { id: 'sporlos', secret: 'the secret that both of them know' };

/**
 * Starts a provider.
 *
 * @param redirect where browsers go back to
 * @param groups of people, by their names
 */
export async function startProvider(
  redirect: string,
  groups: Record<string, string[]>,
): Promise<SigningIn> {
  let answer: (...heard: Parameters<Parameters<typeof listen>[0]>) => unknown = () => undefined;
  const { port, stop } = await listen((request, response) => {
    void answer(request, response);
  });
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [redirect],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
    scopes: ['openid', 'email', 'groups'],
    findAccount: (_, name) => ({
      accountId: name,
      claims: () => ({
        sub: name,
        email: `${name}@example.com`,
        email_verified: true,
        groups: groups[name] ?? [],
      }),
    }),
    pkce: { required: () => true },
    cookies: { keys: ['of this test alone'] },
  });
  answer = provider.callback();
  return { issuer, stop };
}
