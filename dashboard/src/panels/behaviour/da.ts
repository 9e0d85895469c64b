import { pluralIn } from '../../text/plural';
import type { BehaviourText } from './en';

const plural = pluralIn('da');

/** What is said of what visitors do, in Danish. */
export const da: BehaviourText = {
  title: 'Adfærd',
  tabs: {
    goals: 'Mål',
    properties: 'Egenskaber',
    funnels: 'Tragte',
    paths: 'Veje',
    revenue: 'Omsætning',
  },
  ask: 'Spørg en af websitets ejere eller redaktører.',
  noVisits:
    'Det kræver enkelte besøg, skridt for skridt: dette website samler ikke det, der sker, til besøg, eller tidsrummets besøg er slettet.',
  goals: {
    none: 'Der er ingen mål endnu. Et mål er noget, besøgende skal gøre: se en side, eller udløse en hændelse som en tilmelding.',
    make: 'Lav et mål',
  },
  properties: {
    said: 'Gange sagt',
    choose: 'Egenskab',
    none: 'Der er ingen egenskaber endnu. Sider og hændelser kan sige mere om sig selv, fx hvilket abonnement der blev valgt; nævn de egenskaber, hvis værdier du vil se her.',
    make: 'Nævn en egenskab',
    nothing: 'Ingen side og ingen hændelse sagde noget under dette navn i dette tidsrum.',
  },
  funnels: {
    choose: 'Tragt',
    none: 'Der er ingen tragte endnu. En tragt er to eller flere mål, som besøgende skal nå efter hinanden i ét besøg.',
    make: 'Lav en tragt',
    step: 'Trin',
    visits: 'Besøg',
    ofFirst: 'Af det første',
    left: 'Forlod før',
    number: 'Nr.',
    leftShare: 'Andel, der forlod',
    visitsBefore: 'Besøg før',
    ofFirstBefore: 'Af det første før',
    reached: (share) => `${share} af de besøg, der når det første trin, når det sidste.`,
    before: (share) => `${share} før.`,
    nothing: 'Intet besøg nåede det første trin i dette tidsrum.',
  },
  paths: {
    page: 'Side',
    depth: 'Skridt',
    steps: (count) => plural(count, { one: '1 skridt', other: `${count} skridt` }),
    label: (page) =>
      `Veje til og fra ${page} som strømme: jo bredere, des flere besøg. Tabellen siger det samme.`,
    entry: 'Indgang',
    exit: 'Udgang',
    other: 'Andre',
    before: 'Hvor de kom fra',
    after: 'Hvor de gik hen',
    visits: (_, shown) =>
      `${shown} besøg så denne side. Her ses, hvad der kom før og efter, at de så den første gang.`,
    small: 'Hvad færre end fem besøg gjorde, er lagt sammen som “Andre”.',
    nothing: 'Intet besøg så denne side i dette tidsrum.',
    asFlow: 'Strømme',
    table: 'Veje til og fra siden',
    share: 'Andel',
    when: 'Hvornår',
    sides: { before: 'Før', after: 'Efter' },
    way: 'Vej',
  },
  revenue: {
    none: 'Intet mål er penge værd endnu. Lav et med en valuta, og send beløb med dets hændelse, eller sig, hvad hvert er værd.',
    make: 'Lav et mål med en værdi',
    currency: 'Valuta',
    total: 'Omsætning',
    average: 'Gennemsnit',
    conversions: 'Konverteringer',
  },
};
