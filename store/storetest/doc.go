// Package storetest judges a store by the contract in package store: Run is the contract as a test, NewReference the contract as
// plain loops, Compare sets a store against those loops on random graphs, Kill ends its process during writes, and Bench asks
// the questions that must be fast. A backend adds one short test file that names its open function, and nothing else.
package storetest
