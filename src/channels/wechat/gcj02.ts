const axis = 6_378_245;
const eccentricity = 0.006693421622965943;

/**
 * WGS 84 from GCJ-02, the shifted coordinates that maps and apps in mainland China must use and WeChat sends: some 500
 * metres off. The shift is not published; this is the well-known reconstruction (SK-42 ellipsoid), inverted by
 * repetition to about a centimetre. Outside the mainland's frame nothing is shifted.
 * @param latitude degrees @param longitude degrees
 */
export function toWgs84(latitude: number, longitude: number): { latitude: number; longitude: number } {
  if (latitude < 0.8293 || latitude > 55.8271 || longitude < 72.004 || longitude > 137.8347)
    return { latitude, longitude };
  let here = { latitude, longitude };
  for (let round = 0; round < 6; round += 1) {
    const shift = shiftAt(here.latitude, here.longitude);
    here = { latitude: latitude - shift.latitude, longitude: longitude - shift.longitude };
  }
  return { latitude: round7(here.latitude), longitude: round7(here.longitude) };
}

function shiftAt(latitude: number, longitude: number): { latitude: number; longitude: number } {
  const [x, y] = [longitude - 105, latitude - 35];
  const wave = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI);
  const root = Math.sqrt(Math.abs(x));
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    (2 / 3) * (wave + ripple(y, [20, 40, 160, 320], [1, 3, 12, 30]));
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    (2 / 3) * (wave + ripple(x, [20, 40, 150, 300], [1, 3, 12, 30]));
  const radians = (latitude * Math.PI) / 180;
  const flat = 1 - eccentricity * Math.sin(radians) ** 2;
  return {
    latitude: (north * 180) / (((axis * (1 - eccentricity)) / (flat * Math.sqrt(flat))) * Math.PI),
    longitude: (east * 180) / ((axis / Math.sqrt(flat)) * Math.cos(radians) * Math.PI),
  };
}

function ripple(at: number, heights: readonly number[], lengths: readonly number[]): number {
  return heights.reduce(
    (sum, height, index) => sum + height * Math.sin((at * Math.PI) / (lengths[index] ?? 1)),
    0,
  );
}

function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
