// A provider in which a test decides who somebody is: node provider.mjs PORT REDIRECT
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const people = new Map();

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "portaal", client_secret: "geheim", redirect_uris: [redirect] }],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "een", use: "sig", alg: "RS256" }] },
  cookies: { keys: ["test"] },
  claims: { openid: ["sub", "acr", "amr"], email: ["email", "email_verified"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people.get(accountId) }) }),
  interactions: { url: (_, interaction) => `/wie/${interaction.uid}` },
  pkce: { required: () => true },
});

/** What a test says of somebody becomes that person's claims; without an address the login is stopped. */
async function decide(request, response) {
  if (request.method === "GET") return response.end("Wie ben je?");
  let body = "";
  for await (const part of request) body += part;
  const claims = JSON.parse(body);
  if (!claims.email) return provider.interactionFinished(request, response, { error: "access_denied" });
  const { params } = await provider.interactionDetails(request, response);
  const accountId = `id-${people.size}`;
  people.set(accountId, claims);
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  const login = { accountId, acr: claims.acr, amr: claims.amr };
  return provider.interactionFinished(request, response, { login, consent });
}

const handle = provider.callback();
createServer((request, response) =>
  request.url.startsWith("/wie/") ? decide(request, response) : handle(request, response),
).listen(port, "127.0.0.1", () => console.log("listening"));
