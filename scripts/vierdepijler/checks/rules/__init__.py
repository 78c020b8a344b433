"""The rules that go beyond the schemas: what each looks at, and how it explains itself."""
