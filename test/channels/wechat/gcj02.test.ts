import { expect, it } from 'vitest';
import { toWgs84 } from '../../../src/channels/wechat/gcj02.ts';

// Published pairs of the reconstruction, WGS 84 first.
it.each([
  ['Shanghai', 31.1774276, 121.5272106, 31.17530398364597, 121.531541859215],
  ['Shenzhen', 22.543847, 113.912316, 22.540796131694766, 113.9171764808363],
  ['Beijing', 39.911954, 116.377817, 39.91334545536069, 116.38404722455657],
])(
  '%s is put back to within a few centimetres',
  (_, latitude, longitude, shiftedLatitude, shiftedLongitude) => {
    const found = toWgs84(shiftedLatitude, shiftedLongitude);
    // The published pairs use another radius of the earth: 1e-6 degrees are 11 cm.
    expect(found.latitude).toBeCloseTo(latitude, 5);
    expect(found.longitude).toBeCloseTo(longitude, 5);
  },
);

it('leaves other countries alone', () => {
  expect(toWgs84(51.5, -0.12)).toEqual({ latitude: 51.5, longitude: -0.12 });
  expect(toWgs84(45, 183)).toEqual({ latitude: 45, longitude: 183 });
});
