#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace sohoa::architecture {

/// The folders inside a room ("signing/verify") and the folders of the same room that each may use.
/// The one table of the arrows inside; docs/layout.md says what each folder is for.
const std::map<std::string, std::set<std::string>>& innerRooms();

/// What breaks the arrows inside the rooms, one sentence each, "pdf/x/y.cpp:12: …":
/// - a folder includes only those that the table allows it;
/// - a folder that the table does not know, and a row of the table without a folder;
/// - what must never be reached, by any way of includes from header to header and from a header to
///   the sources that implement it: from signing/verify the private keys and the network, from
///   pipeline/workers the site. These two keep a hostile file away from the agency's key.
std::vector<std::string> brokenInnerArrows(const SourceTree& tree);

/// Folders of the tree that include each other, as "a -> b -> a": there must be none. Judged from
/// the #include lines alone, whatever the table says.
std::vector<std::string> folderCycles(const SourceTree& tree);

/// Folders with more than `most` files (sources, headers and lists), "pdf/images: 31 files".
std::vector<std::string> crowdedFolders(const SourceTree& tree, std::size_t most);

/// Sources without a header of their own name that begin with the name of no header beside them: a
/// reader could not tell what they implement. The files of commands are left out: context.h
/// declares one function for each of them.
std::vector<std::string> sourcesWithoutHeader(const SourceTree& tree);

}  // namespace sohoa::architecture
