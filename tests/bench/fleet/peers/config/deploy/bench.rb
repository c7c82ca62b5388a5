ENV.fetch("HOSTS").split(",").each { |address| server address, user: "root", roles: %w[all] }
set :ssh_options, config: [ENV.fetch("SSH_CONFIG")], keys: [ENV.fetch("SSH_KEY")], keys_only: true,
  user_known_hosts_file: ENV.fetch("SSH_KNOWN_HOSTS"), verify_host_key: :always
