import type { Response } from 'express';
import { Router } from 'express';
import { plainFile } from '../../plain-file/plain.ts';
import { bytesOf, type EvidenceFile, evidenceFiles } from '../../store/desk/evidence.ts';
import { findFinding } from '../../store/desk/findings.ts';
import { readFindings } from '../../store/ledger.ts';
import { findingSight, note } from './admit.ts';
import type { DeskDoors } from './doors.ts';
import { evidenceOfFinding } from './evidence.ts';
import type { InCampaign } from './exchange.ts';
import { inside, missing } from './replies.ts';
import { isPictured, thumbnailOf } from './thumbnail.ts';

/**
 * GET `…/findings/<number>/evidence/<id>` and its `/small`: a file only as part of a problem that whoever asks may see at this
 * moment. Its id alone opens nothing, and no copy is left on the way. A photo
 * comes without what the camera wrote beside it, to everybody: docs/decisions/0016-dashboard.md.
 */
export function evidenceRoutes(doors: DeskDoors): Router {
  const router = Router();
  const path = '/desk/c/:campaign/findings/:number/evidence/:id';
  router.get(
    path,
    inside(doors, 'finding', async (exchange) => {
      const found = await fileIn(exchange);
      const kept = found === null ? null : await bytesOf(exchange.run, found.file.sha256);
      const bytes = kept === null ? null : plainFile(kept);
      if (found === null || bytes === null) return missing(exchange);
      await noteEvidence(exchange, found);
      sendFile(exchange.response, found.file, bytes);
    }),
  );
  router.get(
    `${path}/small`,
    inside(doors, 'finding', async (exchange) => {
      const found = await fileIn(exchange);
      const bytes = found === null ? null : await bytesOf(exchange.run, found.file.sha256);
      const small = found === null || bytes === null ? null : await thumbnailOf(found.file.sha256, bytes);
      if (small === null) return missing(exchange);
      exchange.response.type('image/png').send(small);
    }),
  );
  return router;
}

interface Found {
  file: EvidenceFile;
  number: number;
  secret: string | null;
}

async function fileIn(exchange: InCampaign): Promise<Found | null> {
  const { run, campaign, request } = exchange;
  const [given, id] = [String(request.params.number), String(request.params.id)];
  if (!/^[1-9]\d{0,8}$/.test(given)) return null;
  const found = await findFinding(run, await findingSight(exchange), campaign.id, Number(given));
  const [finding] = found === null ? [] : await readFindings(run, [found.id]);
  if (finding === undefined || found === null) return null;
  const evidence = await evidenceOfFinding(exchange, finding);
  if (!evidence.some((one) => one.id === id)) return null;
  const [file] = await evidenceFiles(run, [id]);
  return file === undefined ? null : { file, number: finding.number, secret: found.secret };
}

async function noteEvidence(exchange: InCampaign, { file, number, secret }: Found): Promise<void> {
  await note(exchange, [
    {
      ...{ kind: 'desk.evidence', campaignId: exchange.campaign.id, about: `finding:${number}` },
      data: { file: file.id },
      ...(secret === null ? {} : { secret }),
    },
  ]);
}

/** Pictures are shown, everything else is saved; nothing in a file can run or ask for anything. */
function sendFile(response: Response, { mime, name, id }: EvidenceFile, bytes: Uint8Array): void {
  const shown = isPictured(mime);
  response.set('Content-Security-Policy', "default-src 'none'; sandbox");
  response.attachment(name ?? id);
  if (shown) response.set('Content-Disposition', 'inline');
  response.type(shown ? mime : 'application/octet-stream').send(Buffer.from(bytes));
}
