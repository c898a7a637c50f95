#pragma once

#include <functional>
#include <string>

#include "samples/dossier.h"

namespace sohoa::samples {

struct SetOptions {
  std::string set = "mixed";  ///< mixed, committed, bench, golden, documents
  std::uint64_t seed = 1;
  int dossiers = 10;          ///< mixed, bench and documents
  int pagesPerCondition = 3;  ///< golden
  std::string batch;          ///< empty: the set's own name
};

/// The dossiers of a set, not yet rendered.
std::vector<Dossier> makeSet(const SetOptions& options, const Typesetter& typesetter);

/// The name of the intake batch.
std::string batchOf(const SetOptions& options);

}  // namespace sohoa::samples
