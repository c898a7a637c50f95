#pragma once

#include <string>
#include <string_view>

#include "core/texts/text.h"

namespace sohoa {

/// The sentence for a person for the detail of an ItemError. Details are stored in English (ledger,
/// catalogue, metadata.json keep their bytes); Vietnamese is made when a detail is shown: a row of
/// the table as a whole, else a row with places ("{} words") that the stored text fits. Values in
/// the places are kept. A text that fits no row, such as a library's own message, is returned as it
/// is. Linear in the text for each row of the table.
std::string detailText(Language language, std::string_view english);

}  // namespace sohoa
