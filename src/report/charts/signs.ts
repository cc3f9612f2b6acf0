import type { Lamp } from '../../campaign/rectification/lamp.ts';
import type { Mark, Shape } from './drawing.ts';

type Sign = Extract<Mark, { kind: 'sign' }>;

/** Every colour has its own shape, so that a lamp is known in grey, too; of Okabe and Ito's colours, darker where they are pale. */
const lampSigns: Record<Lamp['colour'], { shape: Shape; colour: string }> = {
  green: { shape: 'circle', colour: '#009e73' },
  blue: { shape: 'square', colour: '#56b4e9' },
  yellow: { shape: 'triangle', colour: '#f0e442' },
  orange: { shape: 'diamond', colour: '#e69f00' },
  red: { shape: 'octagon', colour: '#c1272d' },
};

export function lampSign({ colour }: Pick<Lamp, 'colour'>, size = 13): Sign {
  return { kind: 'sign', x: 0, y: 0, size, ...lampSigns[colour] };
}

/** No lamp is lit: it is not the unit's turn, or there is nothing to do. */
export function noLampSign(size = 13): Sign {
  return { kind: 'sign', x: 0, y: 0, size, shape: 'ring', colour: '#ffffff' };
}

export function at(sign: Sign, x: number, y: number): Sign {
  return { ...sign, x, y };
}
