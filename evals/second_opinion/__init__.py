"""What a language model makes of the answers, for a person to compare: judged answers in, opinions out."""
