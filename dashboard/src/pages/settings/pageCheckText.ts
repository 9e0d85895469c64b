import { texts } from '../../text';

const en = {
  look: 'Check this page',
  url: 'A page of your website',
  urlHelp:
    'The server reads it as a visitor would and says what is missing. It reads addresses of this site alone.',
  right: 'Nothing is missing: this page is counted.',
  findings: {
    'not-read': 'The page could not be read.',
    'no-page': 'There is no page at this address.',
    blocked: 'The website does not let programs read the page.',
    'dialect-off': 'The page has the snippet of another product, which this site does not take.',
    'wrong-site': 'The snippet names another site.',
    'no-snippet': 'The page has no snippet.',
    'no-source': 'The snippet does not say where the script is.',
    insecure: 'The page is loaded by TLS and the script is not, so browsers refuse it.',
    module: 'The script is loaded as a module, which cannot know its snippet.',
    'csp-script': 'The Content Security Policy keeps the script from being loaded.',
    'csp-connect': 'The Content Security Policy keeps the script from reporting.',
    'no-script': 'The website does not pass the script on from the server.',
  },
};

const da: typeof en = {
  look: 'Se på siden',
  url: 'En side på jeres website',
  urlHelp:
    'Serveren læser den, som en besøgende ville, og siger, hvad der mangler. Den læser kun adresser på dette website.',
  right: 'Der mangler ikke noget: denne side tælles.',
  findings: {
    'not-read': 'Siden kunne ikke læses.',
    'no-page': 'Der er ingen side på denne adresse.',
    blocked: 'Websitet lader ikke programmer læse siden.',
    'dialect-off': 'Siden har et andet produkts kode, som dette website ikke tager imod.',
    'wrong-site': 'Koden navngiver et andet website.',
    'no-snippet': 'Siden har ingen kode.',
    'no-source': 'Koden siger ikke, hvor scriptet er.',
    insecure: 'Siden hentes med TLS, og det gør scriptet ikke, så browsere afviser det.',
    module: 'Scriptet hentes som et modul, der ikke kan kende sin kode.',
    'csp-script': 'Content Security Policy hindrer scriptet i at blive hentet.',
    'csp-connect': 'Content Security Policy hindrer scriptet i at melde noget.',
    'no-script': 'Websitet sender ikke scriptet videre fra serveren.',
  },
};

/** What is said about a page that was looked at. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
