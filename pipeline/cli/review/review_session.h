#pragma once

#include <string>

#include "pipeline/cli/base/context.h"
#include "pipeline/review/review.h"

namespace sohoa::cli {

/// Goes through the held dossiers with a person, by plain questions and answers: what holds each is
/// shown, and what he decides is done. Ends with the input.
void reviewSession(Context& context, const std::string& person);

/// What became of values that were keyed in.
void sayKeyed(const Context& context, const std::string& code, const KeyedValues& done);

}  // namespace sohoa::cli
