import { describe, expect, it } from '@jest/globals';
import { ParameterType } from '../../../contract/parameter-type.js';
import type { WishedCustomApi, WishedState } from '../wished/wished-state.js';
import { componentFiles } from './component-files.js';

describe('the component files', () => {
  it('hold a custom API as Microsoft documents it for solution files', () => {
    expect(textOf('customapis/contoso_OnSale/customapi.xml')).toBe(`<?xml version="1.0" encoding="utf-8"?>
<customapi uniquename="contoso_OnSale">
  <allowedcustomprocessingsteptype>1</allowedcustomprocessingsteptype>
  <bindingtype>0</bindingtype>
  <boundentitylogicalname/>
  <description default="Something was sold.">
    <label description="Something was sold." languagecode="1031"/>
  </description>
  <displayname default="On Sale">
    <label description="On Sale" languagecode="1031"/>
  </displayname>
  <iscustomizable>0</iscustomizable>
  <isfunction>0</isfunction>
  <isprivate>0</isprivate>
  <name>contoso_OnSale</name>
  <plugintypeid/>
  <workflowsdkstepenabled>0</workflowsdkstepenabled>
</customapi>
`);
  });

  it('hold each request parameter in a folder of its name', () => {
    const path = 'customapis/contoso_OnSale/customapirequestparameters/Buyer/customapirequestparameter.xml';
    expect(textOf(path)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<customapirequestparameter uniquename="Buyer">
  <description default="Who bought.">
    <label description="Who bought." languagecode="1031"/>
  </description>
  <displayname default="Buyer">
    <label description="Buyer" languagecode="1031"/>
  </displayname>
  <iscustomizable>0</iscustomizable>
  <isoptional>1</isoptional>
  <logicalentityname>contact</logicalentityname>
  <name>contoso_OnSale.Buyer</name>
  <type>5</type>
</customapirequestparameter>
`);
  });

  it('say under which root a category stands', () => {
    expect(textOf('catalogs/contoso_Shop_Sales/catalog.xml')).toContain(
      '  <parentcatalogid>\n    <uniquename>contoso_Shop</uniquename>\n  </parentcatalogid>\n</catalog>',
    );
    expect(textOf('catalogs/contoso_Shop/catalog.xml')).not.toContain('parentcatalogid');
  });

  it('hold all assignments in one file', () => {
    expect(textOf('Assets/catalogassignments.xml')).toBe(`<?xml version="1.0" encoding="utf-8"?>
<catalogassignments>
  <catalogassignment catalogid.uniquename="contoso_Shop_Sales" object.uniquename="contoso_OnSale" objectidtype="customapi">
    <iscustomizable>0</iscustomizable>
    <name>contoso_OnSale</name>
  </catalogassignment>
</catalogassignments>
`);
  });

  it.each([
    ['is left out where nobody spoke of one', {}, null],
    ['is emptied where none is wished', { executePrivilege: null }, '<executeprivilegename/>'],
    [
      'is named where one is wished',
      { executePrivilege: 'prvCreateaccount' },
      '<executeprivilegename>prvCreateaccount</executeprivilegename>',
    ],
  ])('a privilege to execute %s', (_case, choice, element) => {
    const text = textOf('customapis/contoso_OnSale/customapi.xml', { ...ON_SALE, ...choice });
    expect(/<executeprivilegename.*>/.exec(text)?.[0] ?? null).toBe(element);
  });

  it('are the same in whatever order the definitions come', () => {
    const other = { ...ON_SALE, api: { ...ON_SALE.api, uniqueName: 'contoso_OnAudit' } };
    const [one, two] = [
      [ON_SALE, other],
      [other, ON_SALE],
    ].map((customApis) => componentFiles({ ...WISHED, customApis }, 1033));
    expect(one).toEqual(two);
  });

  it('are none where there is no event', () => {
    expect(componentFiles({ ...WISHED, catalogs: [], customApis: [] }, 1033)).toEqual([]);
  });
});

const ON_SALE: WishedCustomApi = {
  type: 'OnSale',
  category: 'contoso_Shop_Sales',
  api: {
    uniqueName: 'contoso_OnSale',
    displayName: 'On Sale',
    description: 'Something was sold.',
    requestParameters: [
      {
        uniqueName: 'Buyer',
        displayName: 'Buyer',
        description: 'Who bought.',
        type: ParameterType.EntityReference,
        isOptional: true,
        logicalEntityName: 'contact',
      },
    ],
  },
};

const WISHED: WishedState = {
  prefix: 'contoso',
  solution: 'Shop',
  catalogs: [catalog('contoso_Shop', null), catalog('contoso_Shop_Sales', 'contoso_Shop')],
  customApis: [ON_SALE],
};

function catalog(uniqueName: string, parent: string | null): WishedState['catalogs'][number] {
  return {
    uniqueName,
    name: uniqueName,
    displayName: uniqueName,
    description: `About ${uniqueName}.`,
    isDescribed: false,
    parent,
  };
}

function textOf(path: string, custom: WishedCustomApi = ON_SALE): string {
  const files = componentFiles({ ...WISHED, customApis: [custom] }, 1031);
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path} among ${files.map((known) => known.path).join(', ')}`);
  return file.text;
}
