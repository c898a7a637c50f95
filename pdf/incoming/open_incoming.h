#pragma once

#include <filesystem>
#include <memory>

#include "core/page.h"
#include "core/result.h"
#include "pdf/incoming/incoming.h"

namespace sohoa {

/// An incoming file kept open, so that the pages of one file are read without opening it anew for
/// each. Errors carry the file's name as item. Not thread-safe.
class OpenIncoming {
 public:
  static Result<OpenIncoming> open(const std::filesystem::path& file,
                                   const IncomingLimits& limits = {});
  OpenIncoming(OpenIncoming&&) noexcept;
  OpenIncoming& operator=(OpenIncoming&&) noexcept;
  ~OpenIncoming();
  Result<IncomingFile> inspect();
  Result<PageImage> page(int index);

 private:
  struct State;
  explicit OpenIncoming(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sohoa
