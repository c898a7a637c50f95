#pragma once

#include <functional>
#include <string>

namespace sohoa::test {

/// PDFs made to hold up or fill up whoever reads them: loops, many objects, deep nesting, bombs.
/// `size`: how many of whatever there are too many of; 1,000 for a quick test, 1,000,000 to hurt.
/// One at a time, because some are big.
void eachHostilePdf(std::size_t size,
                    const std::function<void(const std::string& name, const std::string& bytes)>&);

}  // namespace sohoa::test
