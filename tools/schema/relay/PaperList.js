// Components as a front-end with Relay would write them. They are compiled and never run.
import { graphql, useLazyLoadQuery, usePaginationFragment, useRefetchableFragment } from 'react-relay';

export function PaperListPage() {
  const data = useLazyLoadQuery(
    graphql`
      query PaperListPageQuery($id: ID!) {
        ...PaperList_query
        node(id: $id) {
          ...SharingTopics_paper @alias(as: "paper")
          ...Drawing_entity @alias(as: "entity")
        }
      }
    `,
    { id: 'paper/xrp' },
  );
  return [PaperList(data), SharingTopics(data.node.paper), Drawing(data.node.entity)];
}

// A list from a root field: PaperListPaginationQuery asks for the next page.
export function PaperList(query) {
  return usePaginationFragment(
    graphql`
      fragment PaperList_query on Query
      @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" })
      @refetchable(queryName: "PaperListPaginationQuery") {
        papers(first: $first, after: $after) @connection(key: "PaperList_papers") {
          edges {
            node {
              title
            }
          }
        }
      }
    `,
    query,
  );
}

// A list of a node, whose edges carry more than the node: SharingTopicsPaginationQuery finds the paper again by node(id:).
export function SharingTopics(paper) {
  return usePaginationFragment(
    graphql`
      fragment SharingTopics_paper on Paper
      @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" })
      @refetchable(queryName: "SharingTopicsPaginationQuery") {
        sharingTopics(first: $first, after: $after) @connection(key: "SharingTopics_sharingTopics") {
          edges {
            score
            sharedTopics {
              name
            }
            node {
              title
            }
          }
        }
      }
    `,
    paper,
  );
}

// An interface that implements Node can be fetched again too.
export function Drawing(entity) {
  return useRefetchableFragment(
    graphql`
      fragment Drawing_entity on Entity @refetchable(queryName: "DrawingRefetchQuery") {
        kind
        label
        degree
      }
    `,
    entity,
  );
}
