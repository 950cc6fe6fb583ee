/** The result of a scan: as knowledge/result.py makes it. */

import { Matching, type Matched, type Profile, type Referral } from "./matching";
import { Assessment } from "./maturity";
import type { Municipalities } from "./municipalities";
import type { Question } from "./question";
import type { Advice, Answers, Constants, Day, Outcome, RulesData } from "./shapes";
import { filled } from "./texts";

/** The result of the answers on this day. Throws a RangeError before the core scan is complete. */
export function makeResult(
  data: RulesData, questions: Question[], municipalities: Municipalities, answers: Answers, today: Day,
): Outcome {
  const assessment = new Assessment(questions, data.scoring, data.constanten.intake, answers);
  const { score, stage, provisional, safetyFlag } = assessment.assess();
  const profile: Profile = {
    size: answers.personen!,
    municipality: answers.gemeente!,
    question: answers.hulpvraag!,
    stage: stage.id,
    safetyFlag,
  };
  const referral = new Matching(data, municipalities, profile, today).refer();
  const advice = (matched: Matched) => adviceOn(data, municipalities, matched, profile, today);
  const notes = notesOn(data.constanten, profile, referral);
  return {
    uitslag: {
      fase: stage.id,
      score,
      voorlopig: provisional,
      veiligheidsvlag: safetyFlag,
      uitleg: assessment.reasons(),
      volgendeStap: assessment.nextStep(),
      initiatieven: referral.shown.map(advice),
      vangnet: advice(referral.fallback),
      geenPassendAanbod: referral.nothingFits,
    },
    notes,
    noteTexts: Object.fromEntries(notes.map((note) => [note, data.teksten.opmerkingen[note]!])),
    stage,
    maximum: data.scoring.maximum,
  };
}

/** What has to be said with a result: attention to safety, and honest advice for who falls outside. */
function notesOn({ intake, matching }: Constants, profile: Profile, referral: Referral): string[] {
  const notes: string[] = [];
  if (profile.safetyFlag) notes.push("veiligheid");
  if (profile.municipality === intake.OUTSIDE_REGION) notes.push("buiten_regio");
  else if (!referral.shown.length) notes.push("geen_aanbod");
  if (matching.LARGE.includes(profile.size)) notes.push("groot_bedrijf");
  if (profile.stage === "verder") notes.push("al_ver");
  return notes;
}

/** One initiative as it is shown: why, and how fresh what we know of it is. */
function adviceOn(
  { teksten, constanten }: RulesData, municipalities: Municipalities, { initiative, nearness }: Matched,
  profile: Profile, today: Day,
): Advice {
  const { id, naam, groep, gezien, url = null } = initiative;
  const place = () => municipalities.municipality(municipalities.current(profile.municipality, today));
  const named = nearness === "gemeente" || nearness === "streek"
    ? { gemeente: place().naam, streek: teksten.streek[place().regio]! }
    : null;
  const near = teksten.nabij[nearness]!;
  const template = groep === "vangnet" ? teksten.redenen.vangnet[id]! : teksten.redenen.initiatief;
  const words = {
    nabij: named ? filled(near, named) : near,
    thema: teksten.thema[profile.question]!,
    fase: teksten.fase[profile.stage]!,
  };
  return {
    id,
    naam,
    reden: filled(template, words),
    url,
    laatstGezien: gezien,
    verouderd: monthsBetween(gezien, today) > constanten.catalogue.OUTDATED_AFTER_MONTHS,
  };
}

/** Calendar months from a month ("2024-05") to a day. */
function monthsBetween(month: string, day: Day): number {
  const count = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  return count(day) - count(month);
}
