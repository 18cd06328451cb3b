export interface RunnerSchema { readonly version: string; readonly providers: readonly SchemaProvider[] }
export interface SchemaProvider {
  readonly scmId: string; readonly name: string; readonly defaultHosts: readonly string[];
  readonly oauth?: { readonly callbackUrl: string }; readonly pat?: { readonly description: string; readonly docsUrl: string };
}
