#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "samples/faces.h"
#include "tests/architecture/source_tree.h"

namespace sohoa::architecture {

/// A string literal that names a face to draw with.
struct NamedFace {
  std::string file;
  int line;
  std::string name;  ///< "DejaVu Serif Condensed": without weight, slope and size
};

/// Literals that name a face, each of them known by where it stands or by how it looks:
/// - at the place of the face in a call of Pango, Cairo or our drawing helpers;
/// - in the value of a variable called a face, a font or a family;
/// - with the name of a face of the table, or as words in capitals with a size ("Gothic Bold 12").
std::vector<NamedFace> namedFaces(const SourceTree& tree,
                                  std::span<const samples::Face> table = samples::kFaces);

/// One sentence per fault: a face that the table does not have, a row that nobody draws with, a
/// package of the table or of a literal ("fonts-…") that no list installs.
std::vector<std::string> unlistedFaces(const SourceTree& tree,
                                       const std::set<std::string>& packages,
                                       std::span<const samples::Face> table = samples::kFaces);

/// *.h and *.cpp of the folders that draw: samples/ and tests/ with tests/bench.
SourceTree readDrawingSources();
/// Names in packages/*.txt.
std::set<std::string> listedPackages();

}  // namespace sohoa::architecture
