import type {
  DetailsMessage,
  DetailsModel,
  DetailsState,
  DetailsViewState,
} from '../../views/details/protocol.ts';
import type { Page } from '../lib/page.ts';

export type DetailsPage = Page<DetailsModel, DetailsState, DetailsViewState, DetailsMessage>;
