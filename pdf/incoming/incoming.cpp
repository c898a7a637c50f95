#include "pdf/incoming/incoming.h"

#include "pdf/incoming/open_incoming.h"

namespace sohoa {

Result<IncomingFile> inspectIncoming(const std::filesystem::path& file,
                                     const IncomingLimits& limits) {
  auto opened = OpenIncoming::open(file, limits);
  if (!opened) return opened.error();
  return opened->inspect();
}

Result<PageImage> readIncomingPage(const std::filesystem::path& file, int index) {
  auto opened = OpenIncoming::open(file);
  if (!opened) return opened.error();
  return opened->page(index);
}

}  // namespace sohoa
