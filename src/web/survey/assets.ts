import { assetsOf } from '../assets.ts';

export const { paths: assetPaths, router: assetsRouter } = assetsOf('survey', {
  style: 'survey.css',
  script: 'survey.js',
  icon: 'icon.svg',
});
