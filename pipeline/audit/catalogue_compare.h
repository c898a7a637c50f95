#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pipeline/site/site.h"
#include "storage/catalogue/catalogue_store.h"
#include "storage/repository/repository.h"

namespace sohoa {

/// Rebuilds a catalogue from the repository as a draft and says where the site's own differs: one
/// line each, at most 100. Empty: they are equal. One catalogue is open at a time, since each takes
/// its cache of memory.
std::vector<std::string> differencesFromRepository(const Site& site, const Repository& repository);

/// Gives every line of a text in order, as often as it is called.
using LineSource = std::function<void(const std::function<void(const std::string&)>& line)>;

/// Lines that are in one of two texts only, whatever their order, "- " or "+ " before each, at most
/// `most`. Keeps eight bytes of each line in memory.
std::vector<std::string> lineDifferences(const LineSource& before, const LineSource& after,
                                         std::size_t most);

/// The same of the dumps of a catalogue and of a draft beside it.
std::vector<std::string> catalogueDifferences(const CatalogueStore& before, CatalogueDraft& after);

}  // namespace sohoa
