"""What the documents say: policy files in, clause trees and typed tables with spans out."""
