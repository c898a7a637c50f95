#pragma once

#include <string>
#include <utility>

#include "core/result.h"

namespace sohoa {

/// An error of an incoming file. The item (the file's name) is filled in where the file is known:
/// in the functions of incoming.h.
inline ItemError badInput(Cause cause, std::string detail) {
  return ItemError{Stage::intake, cause, {}, std::move(detail)};
}

}  // namespace sohoa
