#pragma once

#include <string>
#include <vector>

#include "pipeline/site.h"
#include "storage/catalogue.h"
#include "storage/repository.h"

namespace sohoa {

/// Rebuilds a catalogue from the repository as a draft and says where `current` differs:
/// one line each, at most 100. Empty: they are equal.
std::vector<std::string> differencesFromRepository(const Site& site, const Repository& repository,
                                                   const Catalogue& current);

/// Lines of two sorted-or-not texts that are in one only, "- " or "+ " before each, at most `most`.
std::vector<std::string> lineDifferences(const std::string& before, const std::string& after,
                                         std::size_t most);

}  // namespace sohoa
