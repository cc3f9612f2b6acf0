import { assetsOf } from '../assets.ts';

export const { paths: assetPaths, router: assetsRouter } = assetsOf('desk', {
  style: 'desk.css',
  script: 'desk.js',
  icon: 'icon.svg',
});
