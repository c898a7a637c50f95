#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pipeline/site/site.h"
#include "storage/catalogue/catalogue_store.h"
#include "storage/repository/repository.h"

namespace sohoa {

/// Rebuilds a catalogue from the repository as a draft and lists how the site's catalogue differs,
/// one line per difference, at most 100; empty when equal. Only one catalogue is open at a time,
/// since each has its own memory cache.
std::vector<std::string> differencesFromRepository(const Site& site, const Repository& repository);

/// Passes every line of a text to `line`, in order. Can be called repeatedly.
using LineSource = std::function<void(const std::function<void(const std::string&)>& line)>;

/// Lines that occur in only one of two texts, regardless of order, prefixed "- " or "+ ", at most
/// `most`. Keeps eight bytes per line in memory.
std::vector<std::string> lineDifferences(const LineSource& before, const LineSource& after,
                                         std::size_t most);

/// The same for the dumps of a catalogue and of a draft.
std::vector<std::string> catalogueDifferences(const CatalogueStore& before, CatalogueDraft& after);

}  // namespace sohoa
